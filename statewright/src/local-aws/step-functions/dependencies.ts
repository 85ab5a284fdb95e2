import type { HistoryEvent } from '../../history/events';
import type { AccountContext } from '../account-context';
import type { IamService } from '../iam/iam-service';
import type { LogDelivery } from './log-delivery';
import type { RunningExecutions } from './running-executions';
import type { StandIn } from './stand-ins';
import type { StatesStore } from './store';
import type { LambdaInvoker } from './task-invoker';

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
