import type { ExecutionRecord, ExecutionStatus } from './records';

/** The executions of a state machine, a version, an alias, or a Map Run. */
export interface NamedList {
  readonly of: string;
  /** Only those with this status (default: all). No execution of a list has the status PENDING_REDRIVE. */
  readonly status?: ExecutionStatus | 'PENDING_REDRIVE' | 'REDRIVEN';
}

/** A list of executions: by what they are executions of, or by the revision that they run with. */
export type ExecutionList = NamedList | { readonly revision: string };

/** The list of all executions that run. */
export const RUNNING = 'RUNNING';

export function listName(list: ExecutionList): string {
  if ('revision' in list) return `revision ${list.revision}`;
  return list.status === undefined ? list.of : `${list.of} ${list.status}`;
}

/** The lists that an execution is in. */
export function listsOf(execution: ExecutionRecord): string[] {
  const { stateMachineArn, stateMachineVersionArn, stateMachineAliasArn, mapRun } = execution;
  const { status, redriveCount = 0, revision } = execution;
  const lists = [`revision ${revision}`];
  for (const of of [mapRun?.arn ?? stateMachineArn, stateMachineVersionArn, stateMachineAliasArn]) {
    if (of !== undefined) lists.push(of, `${of} ${status}`);
  }
  if (mapRun && redriveCount > 0) lists.push(`${mapRun.arn} REDRIVEN`);
  if (status === 'RUNNING') lists.push(RUNNING);
  return lists;
}
