import type { VersionRecord } from './configuration';

/** What a report says of one invocation. Times are milliseconds. */
export interface InvocationReport {
  readonly duration: number;
  /** Of a cold start; its time is billed too. */
  readonly initDuration?: number;
  /** MB. */
  readonly maxMemoryUsed: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** The fault of the environment, if it was at fault; an error of the handler is none. */
  readonly errorType?: string;
}

/** The lines that Lambda itself writes to a function's log, each with its newline if it has one. */
export interface PlatformLog {
  initStart(): string[];
  initFailed(duration: number, errorType: string): string[];
  start(requestId: string): string[];
  /** What ended the environment, in AWS's words. */
  fault(requestId: string, message: string, errorType: string): string[];
  end(requestId: string, report: InvocationReport): string[];
}

/** The platform's lines in the function's log format (Lambda Developer Guide, "Configuring JSON and plain text log formats"). */
export const platformLog = (version: VersionRecord, now: () => number): PlatformLog =>
  version.LoggingConfig.LogFormat === 'JSON' ? jsonLog(version, now) : textLog(version, now);

const milliseconds = (duration: number) => `${duration.toFixed(2)} ms`;

const billed = ({ duration, initDuration = 0 }: InvocationReport) => Math.ceil(duration + initDuration);

function textLog({ Version, MemorySize }: VersionRecord, now: () => number): PlatformLog {
  return {
    initStart: () => [`INIT_START Runtime Version: nodejs:${process.versions.node}\n`],
    initFailed: (duration, errorType) => [
      `INIT_REPORT Init Duration: ${milliseconds(duration)}\tPhase: init\tStatus: error\tError Type: ${errorType}\n`,
    ],
    start: (requestId) => [`START RequestId: ${requestId} Version: ${Version}\n`],
    fault: (requestId, message, errorType) =>
      errorType === 'Sandbox.Timedout'
        ? [`${new Date(now()).toISOString()} ${requestId} ${message}\n\n`]
        : [`RequestId: ${requestId} Error: ${message}\n${errorType}\n`],
    end: (requestId, report) => [
      `END RequestId: ${requestId}\n`,
      [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${milliseconds(report.duration)}`,
        `Billed Duration: ${billed(report)} ms`,
        `Memory Size: ${MemorySize} MB`,
        `Max Memory Used: ${report.maxMemoryUsed} MB`,
        ...(report.initDuration === undefined ? [] : [`Init Duration: ${milliseconds(report.initDuration)}`]),
        ...(report.status === 'timeout' ? ['Status: timeout'] : []),
        ...(report.errorType === undefined || report.status === 'timeout'
          ? []
          : ['Status: error', `Error Type: ${report.errorType}`]),
        '\n',
      ].join('\t'),
    ],
  };
}

function jsonLog(
  { FunctionName, Version, MemorySize, LoggingConfig }: VersionRecord,
  now: () => number,
): PlatformLog {
  const levels = ['DEBUG', 'INFO', 'WARN'];
  const least = levels.indexOf(LoggingConfig.SystemLogLevel ?? 'INFO');
  const line = (level: string, type: string, record: Record<string, unknown>) =>
    levels.indexOf(level) < least
      ? []
      : [JSON.stringify({ time: new Date(now()).toISOString(), type: `platform.${type}`, record })];
  const phase = { initializationType: 'on-demand', phase: 'init' };
  const round = (duration: number) => Number(duration.toFixed(3));
  return {
    initStart: () =>
      line('INFO', 'initStart', {
        ...phase,
        runtimeVersion: `nodejs:${process.versions.node}`,
        functionName: FunctionName,
        functionVersion: Version,
      }),
    initFailed: (duration, errorType) =>
      line('WARN', 'initReport', {
        ...phase,
        status: 'error',
        errorType,
        metrics: { durationMs: round(duration) },
      }),
    start: (requestId) => line('INFO', 'start', { requestId, version: Version }),
    fault: () => [],
    end: (requestId, report) => {
      const outcome = {
        status: report.status,
        ...(report.errorType !== undefined && { errorType: report.errorType }),
      };
      return [
        ...line('DEBUG', 'runtimeDone', {
          requestId,
          ...outcome,
          metrics: { durationMs: round(report.duration) },
        }),
        ...line(report.status === 'success' ? 'INFO' : 'WARN', 'report', {
          requestId,
          metrics: {
            durationMs: round(report.duration),
            billedDurationMs: billed(report),
            memorySizeMB: MemorySize,
            maxMemoryUsedMB: report.maxMemoryUsed,
            ...(report.initDuration !== undefined && { initDurationMs: round(report.initDuration) }),
          },
          ...outcome,
        }),
      ];
    },
  };
}
