/**
 * What an execution's history says about its states: each visit of a state with its status, attempts and timings.
 *
 * Events name their state only when it is entered or exited; the rest is found along `previousEventId`, which leads
 * from every event to one of the same visit, or to the one that the visit came from.
 */
import type { HistoryEvent } from './events';
import type { ExecutionPath, StateVisit } from './visit';
import { VisitRecorder } from './visit-recorder';

export type { Attempt, ExecutionPath, StateVisit, VisitStatus } from './visit';

/** Reads a history, whole or so far. */
export function executionPath(events: readonly HistoryEvent[]): ExecutionPath {
  const recorder = new VisitRecorder();
  for (const event of events) recorder.record(event);
  return recorder.path();
}

/** Whether a visit, or one around it, was part of an attempt that was made again. */
export function isSuperseded(visit: StateVisit): boolean {
  const { scope } = visit;
  return (
    scope !== undefined && (scope.attempt < scope.visit.attempts.length - 1 || isSuperseded(scope.visit))
  );
}
