import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import { machineOf } from './aliases';
import type { StatesDependencies } from './dependencies';
import { withoutExecutionData } from './execution-data';
import { newestFirst, statesPage, tokenOf } from './paging';
import type { ExecutionRecord, ExecutionStatus, LambdaInvocation } from './records';
import type { StatesRequest } from './requests';

export function describeExecution(
  { store }: StatesDependencies,
  { executionArn }: StatesRequest<'DescribeExecution'>,
) {
  const { revision: _, events: __, invocations: ___, ...execution } = store.execution(executionArn);
  return {
    ...execution,
    ...dates(execution),
    inputDetails: { included: true },
    ...(execution.output !== undefined && { outputDetails: { included: true } }),
    redriveCount: 0,
    ...redriveStatus(execution.status),
  };
}

/** Only an execution that went wrong could be redriven. */
function redriveStatus(status: ExecutionStatus) {
  if (status !== 'RUNNING' && status !== 'SUCCEEDED') return { redriveStatus: 'REDRIVABLE' };
  return {
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
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
    const execution = store.execution(executionArn);
    return (
      (statusFilter === undefined || execution.status === statusFilter) &&
      (version === undefined || execution.stateMachineVersionArn === stateMachineArn) &&
      (alias === undefined || execution.stateMachineAliasArn === stateMachineArn)
    );
  };
  const cut = newestFirst(store.executionsOf(machine.stateMachineArn), request, wanted);
  const listed = cut.items.map((executionArn) => store.execution(executionArn));
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
    redriveCount: 0,
  }));
  return { executions, ...tokenOf(cut) };
}

/** Aborts a running execution; one that has ended stays as it ended. */
export async function stopExecution(states: StatesDependencies, request: StatesRequest<'StopExecution'>) {
  const { executionArn, error, cause } = request;
  states.store.execution(executionArn);
  states.running.get(executionArn)?.stop({
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  await states.running.ended(executionArn);
  const { stopDate } = states.store.execution(executionArn);
  return { stopDate: new Date(stopDate ?? states.store.context.clock.now()) };
}

/** The events so far; times are epoch milliseconds. */
export function getExecutionHistory(
  states: StatesDependencies,
  request: StatesRequest<'GetExecutionHistory'>,
): { events: HistoryEvent[]; nextToken?: string } {
  const { executionArn, reverseOrder = false, includeExecutionData = true } = request;
  const { events } = states.running.get(executionArn) ?? states.store.execution(executionArn);
  const cut = reverseOrder ? newestFirst(events, request) : statesPage(events, request);
  const shown = includeExecutionData ? [...cut.items] : cut.items.map(withoutExecutionData);
  return { events: shown, ...tokenOf(cut) };
}

/**
 * The calls of Lambda functions so far, in order: which log lines are the execution's own. No operation of AWS, where
 * only the outputs of `lambda:invoke` tell the request ids.
 */
export function listLambdaInvocations(
  { running, store }: StatesDependencies,
  { executionArn }: StatesRequest<'DescribeExecution'>,
): readonly LambdaInvocation[] {
  return running.invocations(executionArn) ?? store.execution(executionArn).invocations ?? [];
}

/** The state machine as it was when the execution started. */
export function describeStateMachineForExecution(
  { store }: StatesDependencies,
  { executionArn }: StatesRequest<'DescribeStateMachineForExecution'>,
) {
  const { stateMachineArn, revision } = store.execution(executionArn);
  return {
    stateMachineArn,
    name: stateMachineArn.split(':')[6] ?? '',
    ...revision,
    updateDate: new Date(revision.updateDate),
  };
}

function dates({ startDate, stopDate }: Pick<ExecutionRecord, 'startDate' | 'stopDate'>) {
  return {
    startDate: new Date(startDate),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
  };
}
