/** An error as the runtime formats it. */
export interface RuntimeErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What an environment's process reports, a line of JSON each: see runtime/bootstrap.cjs. */
export type ProcessReport =
  | { readonly type: 'log'; readonly text: string }
  /** `maxMemory`: the most that the process has held, in bytes. */
  | ({ readonly maxMemory: number } & (
      | { readonly type: 'ready' }
      | { readonly type: 'response'; readonly payload: string }
      | { readonly type: 'tooLarge'; readonly size: number }
      | { readonly type: 'error'; readonly error: RuntimeErrorReport; readonly exitStatus?: number }
    ));

/**
 * Reads one line. A handler can reach the file that reports are written to: what is no report is undefined, not an
 * error, so that no handler can do harm this way.
 */
export function readReport(line: string): ProcessReport | undefined {
  let report: Partial<Record<string, unknown>> | null;
  try {
    report = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (report?.type === 'log') return typeof report.text === 'string' ? (report as ProcessReport) : undefined;
  const whole =
    typeof report?.maxMemory === 'number' &&
    (report.type === 'ready' ||
      (report.type === 'tooLarge' && typeof report.size === 'number') ||
      (report.type === 'response' && typeof report.payload === 'string') ||
      (report.type === 'error' && typeof report.error === 'object' && report.error !== null));
  return whole ? (report as ProcessReport) : undefined;
}
