import type { TaskCall, TaskFailure } from '../../engine/execution/services';
import type { HistoryEvent } from '../../history/events';
import type { AccountContext } from '../account-context';
import type { IamService } from '../iam/iam-service';
import type { InvokeRequest, InvokeResponse } from '../lambda/invoke';
import type { RunningExecutions } from './running-executions';
import type { StandIn } from './stand-ins';
import type { StatesStore } from './store';

/** What the operations of Step Functions work with. */
export interface StatesDependencies {
  readonly context: AccountContext;
  readonly store: StatesStore;
  readonly running: RunningExecutions;
  readonly iam: Pick<IamService, 'authorize' | 'canAssume'>;
  readonly lambda: LambdaInvoker;
  readonly logs: LogDelivery;
  readonly standIns: readonly StandIn[];
  readonly onEvent: (executionArn: string, event: HistoryEvent, root: string) => void;
}

/** The answer of Lambda or of its stand-in, which may also take simulated time or return a failure of its own. */
export type LambdaAnswer = (InvokeResponse & { readonly takes?: number }) | TaskFailure;

/** The only operation that Step Functions needs from Lambda. */
export interface LambdaInvoker {
  /** @param call the Task that calls; its role's permission has already been checked */
  readonly invoke: (request: InvokeRequest, call: TaskCall) => Promise<LambdaAnswer>;
}

/** How state machines reach CloudWatch Logs. */
export interface LogDelivery {
  /** @param logGroupArn with or without `:*` at its end */
  readonly hasLogGroup: (logGroupArn: string) => boolean;
  /** Adds one line; succeeds if the log group was deleted meanwhile. */
  readonly write: (logGroupArn: string, logStreamName: string, timestamp: number, message: string) => void;
}
