import type { LogEvent } from '../invocations';

export interface FunctionSummary {
  readonly name: string;
  /** Such as `nodejs24.x`. */
  readonly runtime: string;
  readonly description: string;
  readonly lastModified: Date;
}

export interface FunctionDetails extends FunctionSummary {
  readonly arn: string;
  readonly handler: string;
  /** In seconds. */
  readonly timeout: number;
  /** In MB. */
  readonly memory: number;
  readonly roleArn: string;
  readonly logGroup: string;
  /** The names of the environment variables: their values may be secret, and who has the console's cookie sees its pages. */
  readonly variables: readonly string[];
}

export interface ActivitySummary {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: Date;
}

/** What Tasks call: Lambda functions, and activities. */
export interface Functions {
  list(): Promise<readonly FunctionSummary[]>;
  /** Undefined when it does not exist. */
  describe(name: string): Promise<FunctionDetails | undefined>;
  /** The newest log events of a log group, oldest first. */
  log(logGroup: string): Promise<readonly LogEvent[]>;
  listActivities(): Promise<readonly ActivitySummary[]>;
}
