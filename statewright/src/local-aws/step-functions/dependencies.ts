import type { TaskCall, TaskFailure } from '../../engine/execution/services';
import type { HistoryEvent } from '../../history/events';
import type { BucketOf } from '../../integrations/bucket';
import type { ConnectionParameters } from '../../integrations/connections';
import type { HttpExchange } from '../../integrations/http-exchange';
import type { UpstreamOf } from '../../integrations/upstream';
import type { OnPutEvents } from '../../integrations/upstream-services';
import type { AccountContext, RoleSession } from '../account-context';
import type { IamService } from '../iam/iam-service';
import type { InvokeRequest, InvokeResponse } from '../lambda/invoke';
import type { ActivityTasks } from './activity-tasks';
import type { StatesRequest } from './requests';
import type { RunningExecutions } from './running-executions';
import type { StandIn, TestCases } from './stand-ins';
import type { StatesStore } from './store';

/** What the operations of Step Functions work with. */
export interface StatesDependencies {
  readonly context: AccountContext;
  readonly store: StatesStore;
  readonly running: RunningExecutions;
  readonly activityTasks: ActivityTasks;
  readonly iam: Pick<IamService, 'authorize' | 'canAssume' | 'mayAssume'>;
  readonly lambda: LambdaInvoker;
  readonly logs: LogDelivery;
  readonly standIns: readonly StandIn[];
  readonly testCases: TestCases | undefined;
  /** Starts an execution for a Task of another one. */
  readonly startNested: (
    request: StatesRequest<'StartExecution'>,
    startedBy: string,
  ) => { readonly executionArn: string; readonly startDate: Date };
  /** The operations of this account's services, for `aws-sdk:` Tasks. */
  readonly ownOperation: OwnOperation;
  /** Where all other services are. */
  readonly upstreamOf: UpstreamOf | undefined;
  /** The buckets on this machine, which distributed Maps read and write in place of those of S3. */
  readonly bucketOf: BucketOf | undefined;
  /** The EventBridge connections that the user gave, for HTTP Tasks. */
  readonly connections: ConnectionParameters | undefined;
  /** Called when an execution of a STANDARD state machine starts or ends; undefined when nothing receives it. */
  readonly onStatusChange: ((event: StatusChangeEvent) => void) | undefined;
  /** Called when a Task has put events on a bus of the upstream. */
  readonly onPutEvents: OnPutEvents | undefined;
  /** Receives the requests and responses of HTTP Tasks, for a test of a state. */
  readonly onHttpExchange?: (exchange: HttpExchange) => void;
  readonly onEvent: (executionArn: string, event: HistoryEvent, root: string, startedBy?: string) => void;
}

/** An event of Step Functions on the default event bus. */
export interface StatusChangeEvent {
  readonly executionArn: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly detail: object;
}

/** The answer of Lambda or of its stand-in, which may also take simulated time or return a failure of its own. */
export type LambdaAnswer = (InvokeResponse & { readonly takes?: number }) | TaskFailure;

/** The only operation that Step Functions needs from Lambda. */
export interface LambdaInvoker {
  /** @param call the Task that calls; its role's permission has already been checked */
  readonly invoke: (request: InvokeRequest, call: TaskCall) => Promise<LambdaAnswer>;
}

/** The services of this account that `aws-sdk:` Tasks call in this process, by their name in a Resource. */
export const OWN_SERVICES = ['cloudwatchlogs', 'iam', 'lambda', 'sfn', 'sts'] as const;
export type OwnService = (typeof OWN_SERVICES)[number];

/**
 * Finds an operation of this account, which takes the members as its API has them; undefined for an unknown one.
 * @param hungUp returns a signal that is aborted when the caller no longer waits for the answer
 */
export type OwnOperation = (
  service: OwnService,
  operation: string,
  caller: RoleSession,
  hungUp: () => AbortSignal,
) => ((members: object) => unknown) | undefined;

/** How state machines reach CloudWatch Logs. */
export interface LogDelivery {
  /** @param logGroupArn with or without `:*` at its end */
  readonly hasLogGroup: (logGroupArn: string) => boolean;
  /** @returns adds one line; succeeds if the log group was deleted meanwhile. The first line creates the stream */
  readonly open: (logGroupArn: string, logStreamName: string) => (timestamp: number, message: string) => void;
}
