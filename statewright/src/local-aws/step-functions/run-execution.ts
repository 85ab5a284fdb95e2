import { type Execution, redriveExecution, startExecution } from '../../engine';
import type { HistoryEvent } from '../../history/events';
import { compiledStateMachine } from './compiled-definition';
import type { StatesDependencies } from './dependencies';
import type { GrowingHistory } from './history-pieces';
import { keepEnd } from './keep-end';
import { openExecutionLog } from './log-delivery';
import { mapRunKeeper } from './map-run-keeper';
import { objectsOf } from './objects';
import type { ExecutionDetails, ExecutionRecord, MachineRecord, Revision } from './records';
import type { StandIn } from './stand-ins';
import { sendStatusChange } from './status-change';
import { hasActivity, taskInvoker } from './task-invoker';

/** What an execution runs, and for whom. */
export interface RunRequest {
  readonly executionArn: string;
  readonly machine: Pick<MachineRecord, 'stateMachineArn' | 'type'>;
  readonly revision: Revision;
  readonly input: string;
  readonly testCase?: StandIn['invoke'] | undefined;
  /** The execution whose Task started it. */
  readonly startedBy?: string | undefined;
  /** Its history before a redrive. */
  readonly earlier?: readonly HistoryEvent[];
}

/**
 * Runs an execution, and keeps its history and how it ends.
 * @param record as it is while the execution runs
 * @param details what is known of the execution before it ends
 */
export function runKept(
  states: StatesDependencies,
  request: RunRequest,
  record: ExecutionRecord,
  details: ExecutionDetails,
  history: GrowingHistory,
): void {
  const { executionArn } = record;
  sendStatusChange(states, executionArn);
  const execution = runExecution(states, request, record, history);
  states.running.add(executionArn, execution, {
    history,
    keepEnd: (outcome) => {
      if (keepEnd(states, record, details, history, outcome)) sendStatusChange(states, executionArn);
    },
    invocations: details.invocations,
  });
}

/** Runs an execution. @param history what takes its events, if they are kept */
export function runExecution(
  states: StatesDependencies,
  { executionArn, machine, revision, input, testCase, startedBy, earlier }: RunRequest,
  { redriveCount = 0 }: Pick<ExecutionRecord, 'redriveCount'> = {},
  history?: GrowingHistory,
): Execution {
  const { clock, random, uuid } = states.store.context;
  const { stateMachineArn, type } = machine;
  const { roleArn } = revision;
  const log = openExecutionLog(states, revision, executionArn, redriveCount);
  const compiled = compiledStateMachine(revision.definition);
  const request = { input, executionArn, stateMachineArn, roleArn, type };
  const caller = { stateMachineArn, executionArn, roleArn, testCase };
  const services = {
    clock,
    random,
    uuid,
    invokeTask: taskInvoker(states, caller),
    hasActivity: hasActivity(states, caller),
    objects: objectsOf(states, { executionArn, roleArn }),
    ...(type === 'STANDARD' && { mapRuns: mapRunKeeper(states) }),
    keepEvents: history === undefined,
    onEvent: (event: HistoryEvent) => {
      history?.add(event);
      log(event);
      if (event.type.endsWith('StateExited')) abortIfDeleting(states, stateMachineArn, executionArn);
      states.onEvent(executionArn, event, executionArn, startedBy);
    },
    onChildEvent: (child: string, event: HistoryEvent) =>
      states.onEvent(child, event, executionArn, startedBy),
  };
  return earlier
    ? redriveExecution(compiled, request, services, earlier)
    : startExecution(compiled, request, services);
}

/** An execution of a state machine that is being deleted ends at its next transition. */
function abortIfDeleting({ store, running }: StatesDependencies, stateMachineArn: string, arn: string): void {
  if (!store.machines.get(stateMachineArn)?.deleting) return;
  // First the state that is left writes all its events.
  queueMicrotask(() => running.get(arn)?.stop());
}
