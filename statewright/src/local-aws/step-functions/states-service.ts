import type { HistoryEvent } from '../../history/events';
import type { AccountContext } from '../account-context';
import type { IamService } from '../iam/iam-service';
import { memoryTable, type OpenTable } from '../table';
import * as aliases from './aliases';
import * as definition from './check-definition';
import type { StatesDependencies } from './dependencies';
import * as executions from './executions';
import { type LogWriter, logDelivery } from './log-delivery';
import { RunningExecutions } from './running-executions';
import type { StandIn } from './stand-ins';
import * as start from './start-execution';
import * as machines from './state-machines';
import { StatesStore } from './store';
import * as tags from './tags';
import type { LambdaInvoker } from './task-invoker';
import * as tokens from './task-tokens';
import * as versions from './versions';

/** What Step Functions needs of the account's other services. */
export interface StatesServices {
  readonly iam: Pick<IamService, 'authorize' | 'canAssume'>;
  readonly lambda: LambdaInvoker;
  readonly logs: LogWriter;
  /** Answers in place of services that this account does not have. */
  readonly standIns?: readonly StandIn[];
}

/**
 * Told of every event that an execution writes, as it is written.
 * @param root the execution that was started: another one for the child executions of a distributed Map
 */
export type ExecutionListener = (executionArn: string, event: HistoryEvent, root: string) => void;

/**
 * AWS Step Functions: state machines and their executions. Operations, members and errors are those of the Step
 * Functions API Reference; times of events are epoch milliseconds, other times are Dates.
 */
export class StatesService {
  readonly #dependencies: StatesDependencies;
  readonly #listeners = new Set<ExecutionListener>();

  constructor(context: AccountContext, services: StatesServices, openTable: OpenTable = memoryTable) {
    this.#dependencies = {
      context,
      store: new StatesStore(context, openTable),
      running: new RunningExecutions(context.clock),
      iam: services.iam,
      lambda: services.lambda,
      logs: logDelivery(services.logs),
      standIns: services.standIns ?? [],
      onEvent: (executionArn, event, root) => {
        for (const listener of this.#listeners) listener(executionArn, event, root);
      },
    };
  }

  /** Makes a method of an operation that is written as a function over the service's dependencies. */
  #method<A extends unknown[], R>(
    operation: (dependencies: StatesDependencies, ...request: A) => R,
  ): (...request: A) => R {
    return (...request) => operation(this.#dependencies, ...request);
  }

  readonly createStateMachine = this.#method(machines.createStateMachine);
  readonly describeStateMachine = this.#method(machines.describeStateMachine);
  readonly updateStateMachine = this.#method(machines.updateStateMachine);
  readonly deleteStateMachine = this.#method(machines.deleteStateMachine);
  readonly listStateMachines = this.#method(machines.listStateMachines);
  readonly validateStateMachineDefinition = definition.validateStateMachineDefinition;

  readonly publishStateMachineVersion = this.#method(versions.publishStateMachineVersion);
  readonly listStateMachineVersions = this.#method(versions.listStateMachineVersions);
  readonly deleteStateMachineVersion = this.#method(versions.deleteStateMachineVersion);

  readonly createStateMachineAlias = this.#method(aliases.createStateMachineAlias);
  readonly describeStateMachineAlias = this.#method(aliases.describeStateMachineAlias);
  readonly updateStateMachineAlias = this.#method(aliases.updateStateMachineAlias);
  readonly deleteStateMachineAlias = this.#method(aliases.deleteStateMachineAlias);
  readonly listStateMachineAliases = this.#method(aliases.listStateMachineAliases);

  readonly tagResource = this.#method(tags.tagResource);
  readonly untagResource = this.#method(tags.untagResource);
  readonly listTagsForResource = this.#method(tags.listTagsForResource);

  readonly startExecution = this.#method(start.startExecution);
  readonly startSyncExecution = this.#method(start.startSyncExecution);
  readonly describeExecution = this.#method(executions.describeExecution);
  readonly listExecutions = this.#method(executions.listExecutions);
  readonly stopExecution = this.#method(executions.stopExecution);
  readonly getExecutionHistory = this.#method(executions.getExecutionHistory);
  readonly listLambdaInvocations = this.#method(executions.listLambdaInvocations);
  readonly describeStateMachineForExecution = this.#method(executions.describeStateMachineForExecution);

  readonly sendTaskSuccess = this.#method(tokens.sendTaskSuccess);
  readonly sendTaskFailure = this.#method(tokens.sendTaskFailure);
  readonly sendTaskHeartbeat = this.#method(tokens.sendTaskHeartbeat);

  /** Resolves when an execution has ended: what a caller inside this process does instead of polling. */
  async executionEnded(executionArn: string) {
    await this.#dependencies.running.ended(executionArn);
    return this.describeExecution({ executionArn });
  }

  /** Tells a listener of every event from now on; the returned function ends that. */
  listen(listener: ExecutionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Aborts one execution, of whatever type of state machine, and waits for its end. */
  async abort(executionArn: string): Promise<void> {
    await this.#dependencies.running.stop((arn) => arn === executionArn);
  }

  /** Aborts what runs. */
  async close(): Promise<void> {
    this.#dependencies.running.close();
    const reason = { error: 'States.Aborted', cause: 'The local account was closed.' };
    await this.#dependencies.running.stop(() => true, reason);
  }
}
