import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import { machineOf } from './aliases';
import { definitionMembers } from './definition-members';
import type { StatesDependencies } from './dependencies';
import { dataMembers, withoutExecutionData } from './execution-data';
import { lengthOf } from './history-pieces';
import { newestFirst, statesPage, tokenOf } from './paging';
import type { ExecutionRecord, HistoryPlace, LambdaInvocation } from './records';
import { redriveStatus } from './redrive-status';
import type { StatesRequest } from './requests';

export function describeExecution(
  { store }: StatesDependencies,
  { executionArn, includedData }: StatesRequest<'DescribeExecution'>,
) {
  const record = store.executions.get(executionArn);
  const kept = store.executions.details(executionArn);
  const { revision: _, details: __, redrives: ___, startedBy: ____, ...execution } = record;
  const { history: _____, invocations: ______, ...details } = kept;
  return {
    ...execution,
    ...dates(execution),
    ...dataMembers(details, includedData),
    ...redriveStatus(record, kept, store.context.clock.now()),
  };
}

/** Newest first; of a version or an alias, those that were started by it. */
export function listExecutions({ store }: StatesDependencies, request: StatesRequest<'ListExecutions'>) {
  const { stateMachineArn, statusFilter } = request;
  const alias = store.aliases.get(stateMachineArn);
  const { machine, version } = store.machineVersion(alias ? machineOf(alias) : stateMachineArn);
  if (machine.type === 'EXPRESS') {
    throw new AwsError(
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    );
  }
  const wanted = (executionArn: string) => {
    const execution = store.executions.get(executionArn);
    return (
      (statusFilter === undefined || execution.status === statusFilter) &&
      (version === undefined || execution.stateMachineVersionArn === stateMachineArn) &&
      (alias === undefined || execution.stateMachineAliasArn === stateMachineArn)
    );
  };
  const cut = newestFirst(store.executions.of(machine.stateMachineArn), request, wanted);
  const listed = cut.items.map((executionArn) => store.executions.get(executionArn));
  const executions = listed.map((execution) => ({
    executionArn: execution.executionArn,
    stateMachineArn: execution.stateMachineArn,
    ...(execution.stateMachineVersionArn !== undefined && {
      stateMachineVersionArn: execution.stateMachineVersionArn,
    }),
    ...(execution.stateMachineAliasArn !== undefined && {
      stateMachineAliasArn: execution.stateMachineAliasArn,
    }),
    name: execution.name,
    status: execution.status,
    ...dates(execution),
  }));
  return { executions, ...tokenOf(cut) };
}

/** Aborts a running execution; one that has ended stays as it ended. */
export async function stopExecution(states: StatesDependencies, request: StatesRequest<'StopExecution'>) {
  const { executionArn, error, cause } = request;
  states.store.executions.get(executionArn);
  states.running.get(executionArn)?.stop({
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  await states.running.endedOrRefused(executionArn);
  const { stopDate } = states.store.executions.get(executionArn);
  return { stopDate: new Date(stopDate ?? states.store.context.clock.now()) };
}

const EMPTY: HistoryPlace = { pieces: [], events: [] };

/** The events so far; times are epoch milliseconds. */
export function getExecutionHistory(
  states: StatesDependencies,
  request: StatesRequest<'GetExecutionHistory'>,
): { events: HistoryEvent[]; nextToken?: string } {
  const { executionArn, reverseOrder = false, includeExecutionData = true } = request;
  const { executions } = states.store;
  const history = states.running.history(executionArn) ?? executions.details(executionArn).history ?? EMPTY;
  // Paged by place, so that only what is shown is read.
  const places = Array.from({ length: lengthOf(history) }, (_, place) => place);
  const cut = reverseOrder ? newestFirst(places, request) : statesPage(places, request);
  const [from = 0, to = 0] = [Math.min(...cut.items), Math.max(...cut.items) + 1];
  const events = cut.items.length === 0 ? [] : executions.events(executionArn, history, from, to);
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
  const { stateMachineArn } = store.executions.get(executionArn);
  const revision = store.executions.revision(executionArn);
  return {
    stateMachineArn,
    name: stateMachineArn.split(':')[6] ?? '',
    ...revision,
    ...definitionMembers(revision, includedData),
    updateDate: new Date(revision.updateDate),
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
