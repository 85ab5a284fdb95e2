import type { HistoryEvent } from '../../history/events';
import type { ExecutionDetails, ExecutionRecord } from './records';
import { readHistory, writtenHistory } from './written-history';

const failure = {
  error: 'States.Runtime',
  cause: 'The local AWS was stopped while this execution was running; its last events are lost.',
};

/**
 * How an execution ends that was running when the process was killed. It is not begun anew, since its tasks may have
 * been done already.
 * @param roleArn what it ran with
 * @param pieces how far its history was written, by the number of each piece's last event
 * @param now epoch milliseconds
 */
export function interrupted(
  { details: _, ...execution }: ExecutionRecord,
  { input, traceHeader, history: earlier, invocations }: ExecutionDetails,
  roleArn: string,
  pieces: readonly number[],
  now: number,
): { readonly record: ExecutionRecord; readonly details: ExecutionDetails } {
  const last = pieces.at(-1);
  const started: HistoryEvent = {
    timestamp: execution.startDate,
    type: 'ExecutionStarted',
    id: 1,
    previousEventId: 0,
    executionStartedEventDetails: { input, inputDetails: { truncated: false }, roleArn },
  };
  // Events before a redrive were kept elsewhere, as long as no piece was written after it.
  const kept = earlier && earlier.pieces.at(-1) === last ? readHistory(earlier).events : [];
  const events = last === undefined && kept.length === 0 ? [started] : kept;
  const lastId = events.at(-1)?.id ?? last ?? 1;
  const failed: HistoryEvent = {
    timestamp: now,
    type: 'ExecutionFailed',
    id: lastId + 1,
    previousEventId: lastId,
    executionFailedEventDetails: failure,
  };
  return {
    record: { ...execution, status: 'FAILED', stopDate: now },
    details: {
      input,
      ...(traceHeader !== undefined && { traceHeader }),
      ...failure,
      ...(invocations && { invocations }),
      history: writtenHistory({ pieces, events: [...events, failed] }),
    },
  };
}
