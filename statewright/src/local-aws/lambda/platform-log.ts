import type { VersionRecord } from './configuration';
import type { Trace } from './trace';

type Status = 'success' | 'error' | 'timeout';

/** The report on one invocation. Times are milliseconds. */
export interface InvocationReport {
  readonly duration: number;
  /** The init phase of a cold start; it is billed too. */
  readonly initDuration?: number;
  /** In MB. */
  readonly maxMemoryUsed: number;
  readonly status: Status;
  /** The environment's error, if it failed; an error of the handler does not count. */
  readonly errorType?: string;
}

/** The lines that Lambda itself writes to a function's log, each with its newline if it has one. */
export interface PlatformLog {
  /** @param runtimeVersion such as `nodejs:24.1.0` */
  initStart(runtimeVersion: string): string[];
  /** @param phase when it ran: before the invocation, or again as a part of it */
  initReport(phase: 'init' | 'invoke', duration: number, status: Status, errorType?: string): string[];
  start(requestId: string, functionArn: string): string[];
  /** What ended the environment, in AWS's words. */
  fault(requestId: string, message: string, errorType: string): string[];
  end(requestId: string, report: InvocationReport): string[];
}

/** The platform's lines in the function's log format (Lambda Developer Guide, "Configuring JSON and plain text log formats"). */
export const platformLog = (version: VersionRecord, trace: Trace, now: () => number): PlatformLog =>
  version.LoggingConfig.LogFormat === 'JSON' ? jsonLog(version, trace, now) : textLog(version, trace, now);

const milliseconds = (duration: number) => `${duration.toFixed(2)} ms`;

const billed = ({ duration, initDuration = 0 }: InvocationReport) => Math.ceil(duration + initDuration);

function textLog({ Version, MemorySize }: VersionRecord, trace: Trace, now: () => number): PlatformLog {
  const failure = (status: Status, errorType: string | undefined) => [
    ...(status === 'timeout' ? ['Status: timeout'] : []),
    ...(status === 'error' && errorType !== undefined ? ['Status: error', `Error Type: ${errorType}`] : []),
  ];
  return {
    initStart: (runtimeVersion) => [`INIT_START Runtime Version: ${runtimeVersion}\n`],
    initReport: (phase, duration, status, errorType) => {
      const fields = [`INIT_REPORT Init Duration: ${milliseconds(duration)}`, `Phase: ${phase}`];
      // An init phase that succeeds is reported with the invocation.
      return status === 'success' ? [] : [`${[...fields, ...failure(status, errorType)].join('\t')}\n`];
    },
    start: (requestId) => [`START RequestId: ${requestId} Version: ${Version}\n`],
    fault: (requestId, message, errorType) =>
      errorType === 'Sandbox.Timedout'
        ? [`${new Date(now()).toISOString()} ${requestId} ${message}\n\n`]
        : [`RequestId: ${requestId} Error: ${message}\n${errorType}\n`],
    end: (requestId, report) => {
      const failed = failure(report.status, report.errorType);
      const fields = [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${milliseconds(report.duration)}`,
        `Billed Duration: ${billed(report)} ms`,
        `Memory Size: ${MemorySize} MB`,
        `Max Memory Used: ${report.maxMemoryUsed} MB`,
        ...(report.initDuration === undefined ? [] : [`Init Duration: ${milliseconds(report.initDuration)}`]),
        ...(failed.length > 0 ? failed : ['']),
      ];
      const traced = `XRAY TraceId: ${trace.traceId}\tSegmentId: ${trace.segmentId}\tSampled: true\t\n`;
      return [`END RequestId: ${requestId}\n`, `${fields.join('\t')}\n${trace.sampled ? traced : ''}`];
    },
  };
}

/** Each event's level is that of the guide's table under "Log-level filtering", "System log level event mapping". */
function jsonLog(
  { FunctionName, Version, MemorySize, LoggingConfig }: VersionRecord,
  trace: Trace,
  now: () => number,
): PlatformLog {
  const levels = ['DEBUG', 'INFO', 'WARN'];
  const least = levels.indexOf(LoggingConfig.SystemLogLevel ?? 'INFO');
  const line = (level: string, type: string, record: Record<string, unknown>) =>
    levels.indexOf(level) < least
      ? []
      : [JSON.stringify({ time: new Date(now()).toISOString(), type: `platform.${type}`, record })];
  const levelOf = (status: Status, ofSuccess: string) => (status === 'success' ? ofSuccess : 'WARN');
  const outcome = (status: Status, errorType: string | undefined) => ({
    status,
    ...(errorType !== undefined && status === 'error' && { errorType }),
  });
  const initializationType = 'on-demand';
  const round = (duration: number) => Number(duration.toFixed(3));
  const tracing = trace.sampled && {
    tracing: { spanId: trace.segmentId, type: 'X-Amzn-Trace-Id', value: trace.header },
  };
  return {
    initStart: (runtimeVersion) =>
      line('INFO', 'initStart', {
        initializationType,
        phase: 'init',
        runtimeVersion,
        functionName: FunctionName,
        functionVersion: Version,
      }),
    initReport: (phase, duration, status, errorType) => {
      const record = { initializationType, phase, ...outcome(status, errorType) };
      const level = levelOf(status, 'DEBUG');
      return [
        ...line(level, 'initRuntimeDone', record),
        ...line(level, 'initReport', { ...record, metrics: { durationMs: round(duration) } }),
      ];
    },
    start: (requestId, functionArn) =>
      line('INFO', 'start', { requestId, functionArn, version: Version, ...tracing }),
    fault: () => [],
    end: (requestId, report) => {
      const ended = { ...tracing, ...outcome(report.status, report.errorType) };
      const durationMs = round(report.duration);
      return [
        ...line(levelOf(report.status, 'DEBUG'), 'runtimeDone', {
          requestId,
          ...ended,
          metrics: { durationMs },
        }),
        ...line(levelOf(report.status, 'INFO'), 'report', {
          requestId,
          metrics: {
            durationMs,
            billedDurationMs: billed(report),
            memorySizeMB: MemorySize,
            maxMemoryUsedMB: report.maxMemoryUsed,
            ...(report.initDuration !== undefined && { initDurationMs: round(report.initDuration) }),
          },
          ...ended,
        }),
      ];
    },
  };
}
