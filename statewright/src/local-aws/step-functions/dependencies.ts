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

/** Lambda's answer, or that of a stand-in for it: which may take simulated time, or tell a failure in its own words. */
export type LambdaAnswer = (InvokeResponse & { readonly takes?: number }) | TaskFailure;

/** The one thing that Step Functions asks of Lambda. */
export interface LambdaInvoker {
  /** @param call the Task that asks; its role has been found to be allowed to */
  readonly invoke: (request: InvokeRequest, call: TaskCall) => Promise<LambdaAnswer>;
}

/** How state machines reach CloudWatch Logs. */
export interface LogDelivery {
  /** @param logGroupArn with or without `:*` at its end */
  readonly hasLogGroup: (logGroupArn: string) => boolean;
  /** Adds one line; a log group that has gone meanwhile is no error. */
  readonly write: (logGroupArn: string, logStreamName: string, timestamp: number, message: string) => void;
}
