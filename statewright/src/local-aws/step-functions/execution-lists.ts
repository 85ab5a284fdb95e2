import type { ExecutionRecord, ExecutionStatus } from './records';

/** A list of executions. */
export type ExecutionList =
  | {
      /** What they are executions of: a state machine, a version, an alias, or a Map Run. */
      readonly of: string;
      /** Only those that have this status (default: all). */
      readonly status?: ExecutionStatus | 'REDRIVEN';
    }
  /** Those that run, or ran, with a revision. */
  | { readonly revision: string };

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
