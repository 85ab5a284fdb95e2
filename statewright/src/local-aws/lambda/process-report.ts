/** An error in the runtime's format. */
export interface RuntimeErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** A report of an environment's process, one line of JSON: see runtime/bootstrap.cjs. */
export type ProcessReport =
  | { readonly type: 'log'; readonly text: string }
  /** A part of a response that is streamed, in base64. */
  | { readonly type: 'chunk'; readonly bytes: string }
  /** `maxMemory`: the most memory that the process has used, in bytes. */
  | ({ readonly maxMemory: number } & (
      | { readonly type: 'ready' }
      | { readonly type: 'response'; readonly payload: string }
      | { readonly type: 'tooLarge'; readonly size: number }
      | { readonly type: 'error'; readonly error: RuntimeErrorReport; readonly exitStatus?: number }
    ));

/**
 * Reads one line. A handler can also write to the file of the reports: a line that is not a report is undefined, not an
 * error, so that a handler cannot do harm this way.
 */
export function readReport(line: string): ProcessReport | undefined {
  let report: Partial<Record<string, unknown>> | null;
  try {
    report = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (report?.type === 'log') return typeof report.text === 'string' ? (report as ProcessReport) : undefined;
  if (report?.type === 'chunk')
    return typeof report.bytes === 'string' ? (report as ProcessReport) : undefined;
  const whole =
    typeof report?.maxMemory === 'number' &&
    (report.type === 'ready' ||
      (report.type === 'tooLarge' && typeof report.size === 'number') ||
      (report.type === 'response' && typeof report.payload === 'string') ||
      (report.type === 'error' && typeof report.error === 'object' && report.error !== null));
  return whole ? (report as ProcessReport) : undefined;
}
