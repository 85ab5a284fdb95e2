import type { HistoryEvent } from '../../history/events';
import type { EncryptionConfiguration, MachineType, RoutingConfigurationItem } from './requests';

/** Where a history's events are: the first ones in pieces, the last ones here. */
export interface HistoryPlace {
  /** The number of the last event of each piece. */
  readonly pieces: readonly number[];
  readonly events: readonly HistoryEvent[];
}

/** The history of an execution that has ended: a text takes less memory than its events, and less time to answer with. */
export interface WrittenHistory {
  readonly pieces: readonly number[];
  /** The last events, as the API writes them: a JSON array, with times in epoch seconds. */
  readonly text: string;
  /** How many these are. */
  readonly count: number;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface LoggingConfiguration {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  readonly destinations?: readonly { readonly cloudWatchLogsLogGroup: { readonly logGroupArn: string } }[];
}

export interface TracingConfiguration {
  readonly enabled: boolean;
}

/** What a version keeps of its state machine, and what an execution runs with. */
export interface Revision {
  /** ASL, exactly as it was given. */
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
  /** Undefined unless it was given. */
  readonly encryptionConfiguration?: EncryptionConfiguration;
  /** Undefined until the first update. */
  readonly revisionId?: string;
  /** When the state machine became this. */
  readonly updateDate: number;
}

export interface MachineVersion extends Revision {
  readonly number: number;
  readonly description?: string;
  readonly creationDate: number;
}

/** A name for one or two versions of a state machine. Times are epoch milliseconds. */
export interface AliasRecord {
  readonly stateMachineAliasArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routingConfiguration: readonly RoutingConfigurationItem[];
  readonly creationDate: number;
  readonly updateDate: number;
}

/** A state machine. Times are epoch milliseconds. */
export interface MachineRecord extends Revision {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly creationDate: number;
  readonly tags: readonly Tag[];
  /** Newest first. */
  readonly versions: readonly MachineVersion[];
  /** It is deleted once its executions have ended. */
  readonly deleting?: true;
  /** How many versions there ever were: their numbers are not used twice. */
  readonly versionCount: number;
}

/** An activity. Times are epoch milliseconds. */
export interface ActivityRecord {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: number;
  readonly tags: readonly Tag[];
  /** Undefined unless it was given. */
  readonly encryptionConfiguration?: EncryptionConfiguration;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One call of a Lambda function by an execution. */
export interface LambdaInvocation {
  /** What the function's log names it by. */
  readonly requestId: string;
  /** As the Task named it: a name, a partial ARN or an ARN, with or without a qualifier. */
  readonly functionName: string;
  /** The id of the event that scheduled it. */
  readonly scheduledEventId: number;
}

/** The place of a child execution in the Map Run that started it. */
export interface MapRunPlace {
  readonly arn: string;
  /** The index of its input. */
  readonly index: number;
  /** How many items its input has. */
  readonly items: number;
  /** How often the Map Run had been redriven when it last started. */
  readonly attempt: number;
}

/** A redrive that a request with this client token began. */
export interface Redrive {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly date: number;
}

/** An execution of a STANDARD state machine, as a list shows it. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn?: string;
  /** The alias that it was started by. */
  readonly stateMachineAliasArn?: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  /** Undefined for an execution that was never redriven. */
  readonly redriveCount?: number;
  /** When it was last redriven. */
  readonly redriveDate?: number;
  /** The last redrives whose requests had a client token. */
  readonly redrives?: readonly Redrive[];
  /** The execution whose Task started it. */
  readonly startedBy?: string;
  /** The place of a child execution in its Map Run. */
  readonly mapRun?: MapRunPlace;
  /** The key of the Revision that it runs with. */
  readonly revision: string;
  /** Only while it runs: what is then known of its details. */
  readonly details?: ExecutionDetails;
}

/** What else is kept of an execution: it can be large, and is read only when it is asked for. */
export interface ExecutionDetails {
  /** JSON text. */
  readonly input: string;
  readonly traceHeader?: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Known once it has ended; while it runs again, the history before. */
  readonly history?: WrittenHistory;
  readonly invocations?: readonly LambdaInvocation[];
}

/** Only what belongs to the revision. */
export function revisionOf(source: Revision): Revision {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, updateDate } = source;
  const { encryptionConfiguration, revisionId } = source;
  return {
    definition,
    roleArn,
    loggingConfiguration,
    tracingConfiguration,
    ...(encryptionConfiguration && { encryptionConfiguration }),
    ...(revisionId !== undefined && { revisionId }),
    updateDate,
  };
}
