import type { ExecutionOutcome } from '../../engine';
import type { StatesDependencies } from './dependencies';
import { type GrowingHistory, placeOf } from './history-pieces';
import type { ExecutionDetails, ExecutionRecord } from './records';

/**
 * Keeps how an execution has ended.
 * @param history undefined where it is not kept
 * @returns false where its state machine was deleted, which took the record with it
 */
export function keepEnd(
  { store, running }: StatesDependencies,
  record: ExecutionRecord,
  details: ExecutionDetails,
  history: GrowingHistory | undefined,
  { status, ...result }: ExecutionOutcome,
): boolean {
  const { executionArn } = record;
  if (store.executions.find(executionArn) === undefined) return false;
  const stopDate = history?.newest?.timestamp ?? store.context.clock.now();
  store.executions.end(
    { ...record, status, stopDate },
    {
      ...details,
      ...result,
      ...(history && { history: placeOf(history) }),
      invocations: running.invocations(executionArn) ?? [],
    },
  );
  return true;
}
