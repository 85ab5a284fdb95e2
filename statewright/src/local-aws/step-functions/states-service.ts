import type { HistoryEvent } from '../../history/events';
import type { BucketOf } from '../../integrations/bucket';
import type { ConnectionParameters } from '../../integrations/connections';
import type { UpstreamOf } from '../../integrations/upstream';
import type { OnPutEvents } from '../../integrations/upstream-services';
import type { AccountContext } from '../account-context';
import { operation } from '../api';
import type { IamService } from '../iam/iam-service';
import { memoryTable } from '../memory-table';
import type { OpenTable } from '../table';
import * as activities from './activities';
import { ActivityTasks } from './activity-tasks';
import * as aliases from './aliases';
import * as definition from './check-definition';
import { type DefinitionOperation, doDefinitionWork } from './definition-work';
import type { LambdaInvoker, OwnOperation, StatesDependencies, StatusChangeEvent } from './dependencies';
import * as executions from './executions';
import { type LogWriter, logDelivery } from './log-delivery';
import * as mapRuns from './map-runs';
import * as redrive from './redrive-execution';
import { type StatesRequest, statesApi } from './requests';
import { RunningExecutions } from './running-executions';
import type { StandIn, TestCases } from './stand-ins';
import * as start from './start-execution';
import * as machines from './state-machines';
import { StatesStore } from './store';
import * as tags from './tags';
import * as tokens from './task-tokens';
import { testState } from './test-state/test-state';
import * as versions from './versions';

/** What Step Functions needs from the account's other services. */
export interface StatesServices {
  readonly iam: Pick<IamService, 'authorize' | 'canAssume' | 'mayAssume'>;
  readonly lambda: LambdaInvoker;
  readonly logs: LogWriter;
  /** Answers for services that this account does not have. */
  readonly standIns?: readonly StandIn[];
  /** What executions that are started with `ARN#TestCase` call (default: such an ARN does not exist). */
  readonly testCases?: TestCases | undefined;
  /** The time of executions (default: the account's). */
  readonly clock?: AccountContext['clock'] | undefined;
  /** The operations of this account's services, for `aws-sdk:` Tasks (default: none). */
  readonly ownOperation?: OwnOperation;
  /** Where the services are that this account does not have (default: nowhere). */
  readonly upstreamOf?: UpstreamOf | undefined;
  /** The buckets on this machine, for distributed Maps (default: none). */
  readonly bucketOf?: BucketOf | undefined;
  /** EventBridge connections for HTTP Tasks (default: those of EventBridge at its endpoint). */
  readonly connections?: ConnectionParameters | undefined;
  /** Receives the events of executions that start or end (default: nothing). */
  readonly onStatusChange?: ((event: StatusChangeEvent) => void) | undefined;
  /** Receives the events that Tasks put on a bus of the upstream (default: nothing). */
  readonly onPutEvents?: OnPutEvents;
}

/**
 * Called for every event of an execution when it is written.
 * @param root the execution that was started; not `executionArn` for child executions of a distributed Map
 * @param startedBy the execution whose Task started it
 */
type ExecutionListener = (
  executionArn: string,
  event: HistoryEvent,
  root: string,
  startedBy?: string,
) => void;

/**
 * AWS Step Functions: state machines and their executions. Operations, members and errors are those of the Step
 * Functions API Reference; times of events are epoch milliseconds, other times are Dates.
 */
export class StatesService {
  /** The time of executions. */
  readonly clock: AccountContext['clock'];
  readonly #dependencies: StatesDependencies;
  readonly #listeners = new Set<ExecutionListener>();

  constructor(account: AccountContext, services: StatesServices, openTable: OpenTable = memoryTable) {
    const context = services.clock ? { ...account, clock: services.clock } : account;
    this.clock = context.clock;
    this.#dependencies = {
      context,
      store: new StatesStore(context, openTable),
      // What waits for space on the disk waits in real time.
      running: new RunningExecutions(account.clock),
      activityTasks: new ActivityTasks(account.clock),
      iam: services.iam,
      lambda: services.lambda,
      logs: logDelivery(services.logs),
      standIns: services.standIns ?? [],
      testCases: services.testCases,
      startNested: (request, startedBy) => start.startExecution(this.#dependencies, request, startedBy),
      ownOperation: services.ownOperation ?? (() => undefined),
      upstreamOf: services.upstreamOf,
      bucketOf: services.bucketOf,
      connections: services.connections,
      onStatusChange: services.onStatusChange,
      onPutEvents: services.onPutEvents,
      onEvent: (executionArn, event, root, startedBy) => {
        for (const listener of this.#listeners) listener(executionArn, event, root, startedBy);
      },
    };
  }

  #operation<O extends keyof typeof statesApi.requests, R>(
    name: O,
    run: (dependencies: StatesDependencies, request: StatesRequest<O>) => R,
  ) {
    return operation(statesApi, name, (request) => run(this.#dependencies, request));
  }

  /** Errors reject the promise; it never throws synchronously. */
  #asyncOperation<O extends 'StartSyncExecution' | 'StopExecution' | 'TestState', R>(
    name: O,
    run: (dependencies: StatesDependencies, request: StatesRequest<O>) => Promise<R>,
  ) {
    const method = this.#operation(name, run);
    return async (request: StatesRequest<O>) => method(request);
  }

  readonly createStateMachine = this.#operation('CreateStateMachine', machines.createStateMachine);
  readonly describeStateMachine = this.#operation('DescribeStateMachine', machines.describeStateMachine);
  readonly updateStateMachine = this.#operation('UpdateStateMachine', machines.updateStateMachine);
  readonly deleteStateMachine = this.#operation('DeleteStateMachine', machines.deleteStateMachine);
  readonly listStateMachines = this.#operation('ListStateMachines', machines.listStateMachines);
  readonly validateStateMachineDefinition = operation(
    statesApi,
    'ValidateStateMachineDefinition',
    definition.validateStateMachineDefinition,
  );

  readonly publishStateMachineVersion = this.#operation(
    'PublishStateMachineVersion',
    versions.publishStateMachineVersion,
  );
  readonly listStateMachineVersions = this.#operation(
    'ListStateMachineVersions',
    versions.listStateMachineVersions,
  );
  readonly deleteStateMachineVersion = this.#operation(
    'DeleteStateMachineVersion',
    versions.deleteStateMachineVersion,
  );

  readonly createStateMachineAlias = this.#operation(
    'CreateStateMachineAlias',
    aliases.createStateMachineAlias,
  );
  readonly describeStateMachineAlias = this.#operation(
    'DescribeStateMachineAlias',
    aliases.describeStateMachineAlias,
  );
  readonly updateStateMachineAlias = this.#operation(
    'UpdateStateMachineAlias',
    aliases.updateStateMachineAlias,
  );
  readonly deleteStateMachineAlias = this.#operation(
    'DeleteStateMachineAlias',
    aliases.deleteStateMachineAlias,
  );
  readonly listStateMachineAliases = this.#operation(
    'ListStateMachineAliases',
    aliases.listStateMachineAliases,
  );

  readonly createActivity = this.#operation('CreateActivity', activities.createActivity);
  readonly describeActivity = this.#operation('DescribeActivity', activities.describeActivity);
  readonly deleteActivity = this.#operation('DeleteActivity', activities.deleteActivity);
  readonly listActivities = this.#operation('ListActivities', activities.listActivities);
  /** @param hungUp returns a signal that is aborted when the worker no longer waits */
  readonly getActivityTask = async (
    request: StatesRequest<'GetActivityTask'>,
    hungUp?: () => AbortSignal,
  ): ReturnType<typeof activities.getActivityTask> =>
    this.#operation('GetActivityTask', (states, asked) =>
      activities.getActivityTask(states, asked, hungUp?.()),
    )(request);

  readonly tagResource = this.#operation('TagResource', tags.tagResource);
  readonly untagResource = this.#operation('UntagResource', tags.untagResource);
  readonly listTagsForResource = this.#operation('ListTagsForResource', tags.listTagsForResource);

  readonly startExecution = this.#operation('StartExecution', (states, request) =>
    start.startExecution(states, request),
  );
  readonly startSyncExecution = this.#asyncOperation('StartSyncExecution', start.startSyncExecution);
  readonly testState = this.#asyncOperation('TestState', (states, request) => testState(states, request));
  /** Not an AWS operation: TestState for a role that may trust this state machine only, in which a Wait takes no time. */
  readonly testStateOf = (stateMachineArn: string, tested: StatesRequest<'TestState'>) =>
    this.#asyncOperation('TestState', (states, request) => testState(states, request, stateMachineArn))(
      tested,
    );
  readonly describeExecution = this.#operation('DescribeExecution', executions.describeExecution);
  readonly listExecutions = this.#operation('ListExecutions', executions.listExecutions);
  readonly newestExecutions = (request: Parameters<typeof executions.newestExecutions>[1]) =>
    executions.newestExecutions(this.#dependencies, request);
  /** Not an operation of AWS: how many executions a state machine or a Map Run has. */
  readonly countExecutions = (request: Parameters<typeof executions.countExecutions>[1]) =>
    executions.countExecutions(this.#dependencies, request);
  readonly stopExecution = this.#asyncOperation('StopExecution', executions.stopExecution);
  readonly describeMapRun = this.#operation('DescribeMapRun', mapRuns.describeMapRun);
  readonly listMapRuns = this.#operation('ListMapRuns', mapRuns.listMapRuns);
  readonly updateMapRun = this.#operation('UpdateMapRun', mapRuns.updateMapRun);
  readonly redriveExecution = this.#operation('RedriveExecution', redrive.redriveExecution);
  readonly getExecutionHistory = this.#operation('GetExecutionHistory', executions.getExecutionHistory);
  /** Not an operation of AWS: the events of GetExecutionHistory as JSON text, with times in epoch seconds. */
  readonly executionHistoryText = this.#operation('GetExecutionHistory', executions.executionHistoryText);
  readonly listLambdaInvocations = (request: StatesRequest<'DescribeExecution'>) =>
    executions.listLambdaInvocations(this.#dependencies, request);
  readonly describeStateMachineForExecution = this.#operation(
    'DescribeStateMachineForExecution',
    executions.describeStateMachineForExecution,
  );

  readonly sendTaskSuccess = this.#operation('SendTaskSuccess', tokens.sendTaskSuccess);
  readonly sendTaskFailure = this.#operation('SendTaskFailure', tokens.sendTaskFailure);
  readonly sendTaskHeartbeat = this.#operation('SendTaskHeartbeat', tokens.sendTaskHeartbeat);

  /** Resolves when an execution has ended, so that callers in this process need not poll. */
  async executionEnded(executionArn: string) {
    await this.#dependencies.running.ended(executionArn);
    return this.describeExecution({ executionArn });
  }

  /** Not an operation of AWS: see `doDefinitionWork`. */
  prepare<O extends DefinitionOperation>(operationName: O, request: StatesRequest<O>): Promise<void> {
    return doDefinitionWork(this.#dependencies, operationName, request);
  }

  /** Calls a listener for every event from now on; the returned function removes it. */
  listen(listener: ExecutionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Not an operation of AWS: the last executions of an EXPRESS state machine, newest first. */
  listRecentExecutions({ stateMachineArn }: { readonly stateMachineArn: string }) {
    return this.#dependencies.store.recent.of(stateMachineArn);
  }

  /** Not an operation of AWS: a recent execution of an EXPRESS state machine, with its history. */
  recentExecution(executionArn: string) {
    return this.#dependencies.store.recent.find(executionArn);
  }

  /** Not an operation of AWS: the execution whose Task started this one. */
  startedBy(executionArn: string): string | undefined {
    const { executions, recent } = this.#dependencies.store;
    return (executions.find(executionArn) ?? recent.find(executionArn))?.startedBy;
  }

  /** Aborts one execution, STANDARD or EXPRESS, and waits for its end. */
  async abort(executionArn: string): Promise<void> {
    await this.#dependencies.running.stop((arn) => arn === executionArn);
  }

  /** Not an operation of AWS: the activity whose task has a token. */
  activityOfToken(taskToken: string): string | undefined {
    return this.#dependencies.running.activityOfToken(taskToken);
  }

  /** Not an operation of AWS: the execution that gave a task token out. */
  executionOfToken(taskToken: string): string | undefined {
    return this.#dependencies.running.executionOfToken(taskToken);
  }

  /** Aborts all running executions, and ends the waits of activity workers. */
  async close(): Promise<void> {
    this.#dependencies.activityTasks.close();
    this.#dependencies.running.close();
    const reason = { error: 'States.Aborted', cause: 'The local account was closed.' };
    await this.#dependencies.running.stop(() => true, reason);
  }
}
