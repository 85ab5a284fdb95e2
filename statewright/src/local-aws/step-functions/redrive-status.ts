import { isExpress } from './arn';
import { lengthOf } from './history-pieces';
import type { ExecutionDetails, ExecutionRecord } from './records';

const DAY = 24 * 60 * 60 * 1000;
/** ExecutionRedriven and one more event must have space in the history. */
const MAX_EVENTS = 24_999;

export interface NotRedrivable {
  readonly redriveStatus: 'NOT_REDRIVABLE';
  readonly redriveStatusReason: string;
}

/**
 * Whether an execution can be redriven, as DescribeExecution reports it (Step Functions API Reference, DescribeExecution,
 * `redriveStatusReason`; Developer Guide, "Redrive eligibility for unsuccessful executions").
 * @param now epoch milliseconds
 */
export function redriveStatus(
  execution: ExecutionRecord,
  details: Pick<ExecutionDetails, 'history'>,
  now: number,
): NotRedrivable | { readonly redriveStatus: 'REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN' } {
  const redriveStatusReason = refusal(execution, details, now);
  if (redriveStatusReason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
  return { redriveStatus: execution.mapRun ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
}

function refusal(
  { executionArn, status, startDate, stopDate = startDate }: ExecutionRecord,
  { history }: Pick<ExecutionDetails, 'history'>,
  now: number,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  // An Express child execution begins anew.
  if (isExpress(executionArn)) return undefined;
  if (history && lengthOf(history) >= MAX_EVENTS) return 'Execution history event limit exceeded';
  if (now - startDate >= 365 * DAY) return 'Execution has exceeded the max execution time';
  return now - stopDate >= 14 * DAY ? 'Execution redrivable period exceeded' : undefined;
}
