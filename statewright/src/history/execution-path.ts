/**
 * What an execution's history says about its states: each visit of a state with its status, attempts and timings.
 *
 * Only Entered and Exited events name their state. For the others, `previousEventId` leads
 * to an event of the same visit, or to the event before the visit.
 */
import type { HistoryEvent } from './events';
import type { ExecutionPath, StateVisit } from './visit';
import { VisitRecorder } from './visit-recorder';

export type { Attempt, ExecutionPath, StateVisit, VisitStatus } from './visit';

/** Reads the history of an ended or a running execution. */
export function executionPath(events: readonly HistoryEvent[]): ExecutionPath {
  const recorder = new VisitRecorder();
  for (const event of events) recorder.record(event);
  return recorder.path();
}

/** Whether a visit, or one around it, was part of an attempt that was retried. */
export function isSuperseded(visit: StateVisit): boolean {
  const { scope } = visit;
  return (
    scope !== undefined && (scope.attempt < scope.visit.attempts.length - 1 || isSuperseded(scope.visit))
  );
}
