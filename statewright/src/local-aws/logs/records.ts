import type { LogsRequest } from './requests';

/** A log group, as it is kept. Times are epoch milliseconds. */
export interface LogGroup {
  readonly logGroupName: string;
  /** What its streams and events are found by (default: its name). */
  readonly key?: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly logGroupClass: string;
  readonly deletionProtectionEnabled?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream, as it is kept. The times of its events are not kept: they are in the events. */
export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** What its events are found by (default: see `streamKey`). */
  readonly key?: string;
  readonly creationTime: number;
}

/** A subscription filter, as it is kept and shown. */
export interface SubscriptionFilter {
  readonly filterName: string;
  readonly logGroupName: string;
  readonly filterPattern: string;
  readonly destinationArn: string;
  readonly roleArn?: string;
  readonly distribution: 'Random' | 'ByLogStream';
  readonly applyOnTransformedLogs: boolean;
  /** Epoch milliseconds. */
  readonly creationTime: number;
}

/** A metric filter, as it is kept and shown. */
export type MetricFilter = LogsRequest<'PutMetricFilter'> & {
  readonly applyOnTransformedLogs: boolean;
  /** Epoch milliseconds. */
  readonly creationTime: number;
};

/** A policy of the account or of a log group, as it is kept and shown. */
export interface ResourcePolicy {
  readonly policyName?: string;
  readonly policyDocument: string;
  /** Epoch milliseconds. */
  readonly lastUpdatedTime: number;
  readonly policyScope: 'ACCOUNT' | 'RESOURCE';
  readonly resourceArn?: string;
  readonly revisionId?: string;
}

/** A saved query, as it is kept and shown. */
export type QueryDefinition = Omit<LogsRequest<'PutQueryDefinition'>, 'clientToken'> & {
  readonly queryDefinitionId: string;
  readonly queryLanguage: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
};
