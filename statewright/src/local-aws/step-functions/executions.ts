import type { HistoryEvent } from '../../history/events';
import { withoutUndefined } from '../../without-undefined';
import { AwsError } from '../aws-error';
import type { ListEntry, ListRange } from '../lists';
import { machineOf } from './aliases';
import { isExpress, parseArn } from './arn';
import { definitionMembers } from './definition-members';
import type { StatesDependencies } from './dependencies';
import { withoutExecutionData } from './execution-data';
import type { ExecutionList } from './execution-lists';
import type { ExecutionStore } from './execution-store';
import { lengthOf, pageLength } from './history-pieces';
import { childStatus, processorDefinition } from './map-run-child';
import { historyNotKept } from './map-run-keeper';
import { newestOf, placesOf, tokenOf } from './paging';
import type { ExecutionRecord, ExecutionStatus, LambdaInvocation } from './records';
import { redriveStatus } from './redrive-status';
import type { StatesRequest } from './requests';
import { childrenEnded } from './running-children';
import { eventsText } from './written-history';

export function describeExecution(
  states: StatesDependencies,
  { executionArn, includedData }: StatesRequest<'DescribeExecution'>,
) {
  const { executions, context } = states.store;
  const record = executions.get(executionArn);
  const details = executions.detailsOf(record);
  const included = includedData !== 'METADATA_ONLY';
  const redrive: { redriveStatus: string; redriveStatusReason?: string } = redriveStatus(
    record,
    details,
    context.clock.now(),
  );
  return withoutUndefined({
    executionArn,
    stateMachineArn: record.stateMachineArn,
    stateMachineVersionArn: record.stateMachineVersionArn,
    stateMachineAliasArn: record.stateMachineAliasArn,
    name: record.name,
    status: childStatus(states, record),
    mapRunArn: record.mapRun?.arn,
    startDate: new Date(record.startDate),
    stopDate: dateOf(record.stopDate),
    redriveCount: record.redriveCount ?? 0,
    redriveDate: dateOf(record.redriveDate),
    // Only a request that leaves the payloads out reads an answer without them.
    input: (included ? details.input : undefined) as string,
    output: included ? details.output : undefined,
    traceHeader: details.traceHeader,
    error: details.error,
    cause: details.cause,
    inputDetails: { included },
    outputDetails: details.output === undefined ? undefined : { included },
    redriveStatus: redrive.redriveStatus,
    redriveStatusReason: redrive.redriveStatusReason,
  });
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
  await childrenEnded(states, executionArn);
  // A state machine that is being deleted is gone with its last execution.
  const stopDate = states.store.executions.find(executionArn)?.stopDate ?? states.store.context.clock.now();
  return { stopDate: new Date(stopDate) };
}

/** The events so far; times are epoch milliseconds. */
export function getExecutionHistory(
  states: StatesDependencies,
  request: StatesRequest<'GetExecutionHistory'>,
): { events: HistoryEvent[]; nextToken?: string } {
  const page = historyPage(states, request);
  return { events: eventsOf(states, request, page), ...tokenOf(page) };
}

/** The same events as JSON text, with times in epoch seconds. */
export function executionHistoryText(
  states: StatesDependencies,
  request: StatesRequest<'GetExecutionHistory'>,
): { readonly text: string; readonly nextToken: string | undefined } {
  const page = historyPage(states, request);
  const { history, from, to, nextToken } = page;
  const isWhole = 'text' in history && history.pieces.length === 0 && to - from === history.count;
  if (isWhole && !request.reverseOrder && request.includeExecutionData !== false) {
    return { text: history.text, nextToken };
  }
  return { text: eventsText(eventsOf(states, request, page)), nextToken };
}

/** The events of one page, as a request asks for them. */
function eventsOf(
  { store }: StatesDependencies,
  { executionArn, reverseOrder, includeExecutionData = true }: StatesRequest<'GetExecutionHistory'>,
  { history, from, to }: ReturnType<typeof historyPage>,
): HistoryEvent[] {
  const events = store.executions.events(executionArn, history, from, to);
  if (reverseOrder) events.reverse();
  return includeExecutionData ? events : events.map(withoutExecutionData);
}

/** A history, and the places of the events that one page of it shows. */
function historyPage(states: StatesDependencies, request: StatesRequest<'GetExecutionHistory'>) {
  const { executionArn, reverseOrder = false } = request;
  const { executions } = states.store;
  const record = executions.get(executionArn);
  if (isExpress(executionArn)) parseArn(executionArn, ['execution']);
  const history = states.running.history(executionArn) ?? executions.detailsOf(record).history;
  if (history === undefined) throw historyNotKept(executionArn);
  // Paged by place, so that only what is shown is read.
  const asked = placesOf(lengthOf(history), request, reverseOrder);
  // Fewer than it asks for where they are large, as the API Reference says (GetExecutionHistory, `maxResults`).
  const maxResults = pageLength(history, asked.from, asked.to, reverseOrder);
  const isWhole = maxResults === asked.to - asked.from;
  const { from, to, nextToken } = isWhole
    ? asked
    : placesOf(lengthOf(history), { ...request, maxResults }, reverseOrder);
  return { history, from, to, nextToken };
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

const dateOf = (time: number | undefined) => (time === undefined ? undefined : new Date(time));

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
