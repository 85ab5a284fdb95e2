import type { ExecutionRecord, ExecutionStatus } from './records';

/** The executions of a state machine, a version, an alias, or a Map Run. */
export interface ExecutionList {
  readonly of: string;
  /** Only those that have ended with this status, or child executions that were redriven (default: all). */
  readonly status?: Exclude<ExecutionStatus, 'RUNNING'> | 'REDRIVEN';
}

/** The list of all executions that run. They are few, and found by a look at each. */
export const RUNNING = 'RUNNING';

export const ENDED = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export const listName = ({ of, status }: ExecutionList) => (status === undefined ? of : `${of} ${status}`);

/** What an execution is an execution of. */
export const parentsOf = ({
  stateMachineArn,
  stateMachineVersionArn,
  stateMachineAliasArn,
  mapRun,
}: ExecutionRecord): string[] =>
  [mapRun?.arn ?? stateMachineArn, stateMachineVersionArn, stateMachineAliasArn].filter(
    (arn) => arn !== undefined,
  );

/** The lists that an execution is in. */
export function listsOf(execution: ExecutionRecord): string[] {
  const { status, redriveCount = 0, mapRun } = execution;
  const lists = status === 'RUNNING' ? [RUNNING] : [];
  for (const of of parentsOf(execution)) {
    lists.push(listName({ of }));
    if (status !== 'RUNNING') lists.push(listName({ of, status }));
  }
  if (mapRun && redriveCount > 0) lists.push(listName({ of: mapRun.arn, status: 'REDRIVEN' }));
  return lists;
}
