import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import type { ListEntry, ListRange } from '../lists';
import { machineOf } from './aliases';
import { parseArn } from './arn';
import { definitionMembers } from './definition-members';
import type { StatesDependencies } from './dependencies';
import { dataMembers, withoutExecutionData } from './execution-data';
import type { ExecutionList } from './execution-lists';
import type { ExecutionStore } from './execution-store';
import { lengthOf, pageLength } from './history-pieces';
import { childMembers, childStatus, processorDefinition } from './map-run-child';
import { historyNotKept } from './map-run-keeper';
import { newestOf, placesOf, tokenOf } from './paging';
import type { ExecutionRecord, ExecutionStatus, LambdaInvocation } from './records';
import { redriveStatus } from './redrive-status';
import type { StatesRequest } from './requests';

export function describeExecution(
  states: StatesDependencies,
  { executionArn, includedData }: StatesRequest<'DescribeExecution'>,
) {
  const { store } = states;
  const record = store.executions.get(executionArn);
  const kept = store.executions.details(executionArn);
  const { stateMachineVersionArn, stateMachineAliasArn } = record;
  const { input, output, traceHeader, error, cause } = kept;
  const details = {
    input,
    ...(output !== undefined && { output }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
  return {
    executionArn,
    stateMachineArn: record.stateMachineArn,
    ...(stateMachineVersionArn !== undefined && { stateMachineVersionArn }),
    ...(stateMachineAliasArn !== undefined && { stateMachineAliasArn }),
    name: record.name,
    status: childStatus(states, record),
    ...childMembers(record),
    ...dates(record),
    ...dataMembers(details, includedData),
    ...redriveStatus(record, kept, store.context.clock.now()),
  };
}

/** Newest first: of a state machine, a version or an alias those that were started by it, or the children of a Map Run. */
export function listExecutions(states: StatesDependencies, request: StatesRequest<'ListExecutions'>) {
  const { stateMachineArn, mapRunArn } = request;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw new AwsError('ValidationException', 'Either a StateMachine ARN or a MapRun ARN must be specified');
  }
  return stateMachineArn === undefined
    ? listChildren(states, request, mapRunArn ?? '')
    : listOfMachine(states, request, stateMachineArn);
}

function listChildren(
  states: StatesDependencies,
  request: StatesRequest<'ListExecutions'>,
  mapRunArn: string,
) {
  const { executions } = states.store;
  states.store.mapRuns.get(mapRunArn);
  const { statusFilter, redriveFilter } = request;
  const isWanted = (record: ExecutionRecord) => {
    const isRedriven = (record.redriveCount ?? 0) > 0;
    return (
      (statusFilter === undefined || childStatus(states, record) === statusFilter) &&
      (redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === isRedriven)
    );
  };
  // Which ones wait for their redrive, only their records say.
  const status = statusFilter === 'PENDING_REDRIVE' ? undefined : statusFilter;
  const chosen = status ?? (redriveFilter === 'REDRIVEN' ? redriveFilter : undefined);
  const cut = newestOf(readerOf(executions, mapRunArn, chosen), request, isWanted);
  return { executions: cut.items.map((record) => listed(states, record)), ...tokenOf(cut) };
}

function listOfMachine(
  states: StatesDependencies,
  request: StatesRequest<'ListExecutions'>,
  stateMachineArn: string,
) {
  const { store } = states;
  const { statusFilter, redriveFilter } = request;
  if (redriveFilter !== undefined) throw notForMachines('RedriveFilter');
  if (statusFilter === 'PENDING_REDRIVE') throw notForMachines('StatusFilter PENDING_REDRIVE');
  const alias = store.aliases.get(stateMachineArn);
  const { machine } = store.machineVersion(alias ? machineOf(alias) : stateMachineArn);
  if (machine.type === 'EXPRESS') {
    throw new AwsError(
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    );
  }
  const cut = newestOf(readerOf(store.executions, stateMachineArn, statusFilter), request);
  return { executions: cut.items.map((record) => listed(states, record)), ...tokenOf(cut) };
}

/** No operation of AWS: executions of a state machine or a Map Run, newest first, from anywhere in the list. */
export function newestExecutions(
  states: StatesDependencies,
  { of, status, skip, limit }: CountedExecutions & { readonly skip: number; readonly limit: number },
) {
  const found: ReturnType<typeof listed>[] = [];
  if (limit <= 0) return found;
  for (const { value } of readerOf(states.store.executions, of, status)({ skip })) {
    found.push(listed(states, value));
    if (found.length === limit) break;
  }
  return found;
}

/** Which executions are counted: of a state machine or a Map Run, with a status (default: all). */
interface CountedExecutions {
  readonly of: string;
  readonly status?: ExecutionStatus | 'PENDING_REDRIVE';
}

/** No operation of AWS: how many executions a state machine or a Map Run has. */
export function countExecutions({ store }: StatesDependencies, { of, status }: CountedExecutions): number {
  if (status === 'PENDING_REDRIVE') return 0;
  if (status === 'RUNNING') return store.executions.totalRunning({ of }).count;
  return store.executions.total({ of, ...(status && { status }) }).count;
}

/** Reads executions, newest first. @param of a state machine, a version, an alias or a Map Run */
function readerOf(
  executions: ExecutionStore,
  of: string,
  status: ExecutionList['status'] | 'RUNNING' | 'PENDING_REDRIVE',
) {
  return (range: Omit<ListRange, 'reverse'>): Iterable<ListEntry<ExecutionRecord>> => {
    const newestFirst = { ...range, reverse: true };
    if (status === 'PENDING_REDRIVE') return [];
    if (status === 'RUNNING') return executions.readRunning({ of }, newestFirst);
    return executions.read({ of, ...(status && { status }) }, newestFirst);
  };
}

const notForMachines = (filter: string) =>
  new AwsError(
    'ValidationException',
    `${filter} cannot be applied to ListExecutions call with StateMachine ARN`,
  );

/** An execution, as a list shows it. */
function listed(states: StatesDependencies, execution: ExecutionRecord) {
  const { stateMachineVersionArn, stateMachineAliasArn, mapRun } = execution;
  return {
    executionArn: execution.executionArn,
    stateMachineArn: execution.stateMachineArn,
    ...(stateMachineVersionArn !== undefined && { stateMachineVersionArn }),
    ...(stateMachineAliasArn !== undefined && { stateMachineAliasArn }),
    name: execution.name,
    status: childStatus(states, execution),
    ...dates(execution),
    ...(mapRun && { mapRunArn: mapRun.arn, itemCount: mapRun.items }),
  };
}

/** Aborts a running execution; one that has ended stays as it ended. */
export async function stopExecution(states: StatesDependencies, request: StatesRequest<'StopExecution'>) {
  const { executionArn, error, cause } = request;
  parseArn(executionArn, ['execution']);
  states.store.executions.get(executionArn);
  states.running.get(executionArn)?.stop({
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  await states.running.endedOrRefused(executionArn);
  const { stopDate } = states.store.executions.get(executionArn);
  return { stopDate: new Date(stopDate ?? states.store.context.clock.now()) };
}

/** The events so far; times are epoch milliseconds. */
export function getExecutionHistory(
  states: StatesDependencies,
  request: StatesRequest<'GetExecutionHistory'>,
): { events: HistoryEvent[]; nextToken?: string } {
  const { executionArn, reverseOrder = false, includeExecutionData = true } = request;
  parseArn(executionArn, ['execution']);
  const { executions } = states.store;
  const history = states.running.history(executionArn) ?? executions.details(executionArn).history;
  if (history === undefined) throw historyNotKept(executionArn);
  // Paged by place, so that only what is shown is read.
  const asked = placesOf(lengthOf(history), request, reverseOrder);
  // Fewer than it asks for where they are large, as the API Reference says (GetExecutionHistory, `maxResults`).
  const maxResults = pageLength(history, asked.from, asked.to, reverseOrder);
  const cut = placesOf(lengthOf(history), { ...request, maxResults }, reverseOrder);
  const events = executions.events(executionArn, history, cut.from, cut.to);
  if (reverseOrder) events.reverse();
  return { events: includeExecutionData ? events : events.map(withoutExecutionData), ...tokenOf(cut) };
}

/**
 * The calls of Lambda functions so far, in order: which log lines are the execution's own. No operation of AWS, where
 * only the outputs of `lambda:invoke` tell the request ids.
 */
export function listLambdaInvocations(
  { running, store }: StatesDependencies,
  { executionArn }: StatesRequest<'DescribeExecution'>,
): readonly LambdaInvocation[] {
  return running.invocations(executionArn) ?? store.executions.details(executionArn).invocations ?? [];
}

/** The state machine as it was when the execution started. */
export function describeStateMachineForExecution(
  { store }: StatesDependencies,
  { executionArn, includedData }: StatesRequest<'DescribeStateMachineForExecution'>,
) {
  parseArn(executionArn, ['execution']);
  const { stateMachineArn, mapRun } = store.executions.get(executionArn);
  const revision = store.executions.revision(executionArn);
  const [name = '', label] = (stateMachineArn.split(':')[6] ?? '').split('/');
  const run = mapRun && store.mapRuns.find(mapRun.arn);
  const shown = run
    ? { ...revision, definition: processorDefinition(revision.definition, run.stateName) }
    : revision;
  return {
    stateMachineArn,
    name,
    ...shown,
    ...definitionMembers(shown, includedData),
    updateDate: new Date(revision.updateDate),
    ...(run && { mapRunArn: run.mapRunArn, label }),
  };
}

function dates({
  startDate,
  stopDate,
  redriveCount = 0,
  redriveDate,
}: Pick<ExecutionRecord, 'startDate' | 'stopDate' | 'redriveCount' | 'redriveDate'>) {
  return {
    startDate: new Date(startDate),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
    redriveCount,
    ...(redriveDate !== undefined && { redriveDate: new Date(redriveDate) }),
  };
}
