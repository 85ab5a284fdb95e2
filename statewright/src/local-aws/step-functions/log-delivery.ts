import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import { StorageError } from '../storage-error';
import type { LogDelivery, StatesDependencies } from './dependencies';
import { withoutData } from './execution-data';
import type { LoggingConfiguration, Revision } from './records';

/** The part of CloudWatch Logs that log delivery uses. */
export interface LogWriter {
  readonly describeLogGroups: (request: { readonly logGroupNamePrefix: string }) => {
    readonly logGroups: readonly { readonly logGroupName: string }[];
  };
  readonly createLogStream: (request: {
    readonly logGroupName: string;
    readonly logStreamName: string;
  }) => unknown;
  readonly putLogEvents: (request: {
    readonly logGroupName: string;
    readonly logStreamName: string;
    readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
  }) => unknown;
}

/** Log delivery through the logs service. */
export function logDelivery(logs: LogWriter): LogDelivery {
  return {
    hasLogGroup: (logGroupArn) => {
      const name = groupName(logGroupArn);
      const { logGroups } = logs.describeLogGroups({ logGroupNamePrefix: name });
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    },
    open: (logGroupArn, logStreamName) => {
      const stream = { logGroupName: groupName(logGroupArn), logStreamName };
      let exists = false;
      return (timestamp, message) => {
        try {
          if (!exists) createStream(logs, stream);
          exists = true;
          logs.putLogEvents({ ...stream, logEvents: [{ timestamp, message }] });
        } catch (error) {
          if (!hasCode(error, 'ResourceNotFoundException') && !(error instanceof StorageError)) throw error;
        }
      };
    },
  };
}

/** Repeatable UUIDs give several executions the same stream. */
function createStream(logs: LogWriter, stream: Parameters<LogWriter['createLogStream']>[0]): void {
  try {
    logs.createLogStream(stream);
  } catch (error) {
    if (!hasCode(error, 'ResourceAlreadyExistsException')) throw error;
  }
}

const hasCode = (error: unknown, code: string) => error instanceof AwsError && error.code === code;

const groupName = (logGroupArn: string) => logGroupArn.split(':')[6] ?? '';

/**
 * Opens the log of one execution, if its state machine has one that the role may deliver to. The log writes each event
 * as one JSON line, as Step Functions' log delivery does (Developer Guide, "Using CloudWatch Logs to log execution
 * history in Step Functions").
 */
export function openExecutionLog(
  { iam, logs, context }: StatesDependencies,
  { roleArn, loggingConfiguration }: Revision,
  executionArn: string,
  redriveCount: number,
): (event: HistoryEvent) => void {
  const { level, includeExecutionData, destinations } = loggingConfiguration;
  const logGroupArn = destinations?.[0]?.cloudWatchLogsLogGroup.logGroupArn;
  if (level === 'OFF' || logGroupArn === undefined) return () => {};
  if (!iam.authorize({ roleArn, action: 'logs:CreateLogDelivery', resource: '*' }).allowed) return () => {};

  const machine = executionArn.split(':')[6];
  const minute = new Date(context.clock.now()).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  const streamName = `states/${machine}/${minute}/${context.uuid().slice(0, 8)}`;
  const write = logs.open(logGroupArn, streamName);
  return (event) => {
    if (!isLogged(event, level)) return;
    const details = eventDetails(event);
    const line = {
      id: String(event.id),
      type: event.type,
      details: includeExecutionData ? details : withoutData(details),
      redrive_count: String(redriveCount),
      previous_event_id: String(event.previousEventId),
      event_timestamp: String(event.timestamp),
      execution_arn: executionArn,
    };
    write(event.timestamp, JSON.stringify(line));
  };
}

/** The events of each level (Developer Guide, "Log levels for Step Functions execution events"). */
function isLogged({ type }: HistoryEvent, level: LoggingConfiguration['level']): boolean {
  if (level === 'ALL') return true;
  const fatal = ['ExecutionAborted', 'ExecutionFailed', 'ExecutionTimedOut'].includes(type);
  if (level === 'FATAL') return fatal;
  return level === 'ERROR' && (fatal || /(Failed|Aborted|TimedOut|FailStateEntered)$/.test(type));
}
