import type { ExecutionOutcome } from '../../engine';
import type { StatesDependencies } from './dependencies';
import type { GrowingHistory } from './history-pieces';
import type { ExecutionDetails, ExecutionRecord } from './records';
import { writtenHistory } from './written-history';

/**
 * Keeps how an execution has ended.
 * @param history undefined where it is not kept
 * @returns false where its state machine was deleted, which took the record with it
 */
export function keepEnd(
  { store, running }: StatesDependencies,
  record: ExecutionRecord,
  { invocations: _, ...details }: ExecutionDetails,
  history: GrowingHistory | undefined,
  { status, ...result }: ExecutionOutcome,
): boolean {
  const { executionArn } = record;
  if (store.executions.find(executionArn) === undefined) return false;
  const stopDate = history?.newest?.timestamp ?? store.context.clock.now();
  const invocations = running.invocations(executionArn) ?? [];
  // A member that is added to a copied object gives it a shape of its own in V8, which is half of a record's memory: it comes first.
  store.executions.end(
    { stopDate, ...record, status },
    { invocations, ...details, ...result, ...(history && { history: writtenHistory(history) }) },
  );
  return true;
}
