import type { StateVisit } from '../history/execution-path';
import type { Attempt, VisitStatus } from '../history/visit';
import { type Folds, foldLabel } from './folds';
import { type Invocation, invocationTimes } from './invocations';
import { groupKey, groupStatus, groupTimes, type VisitGroup } from './visit-tree';

/** One row of a timeline. Times are epoch milliseconds. */
export interface TimelineRow {
  readonly kind: 'visit' | 'group' | 'fold' | 'attempt' | 'invocation';
  /** Identifies the row, also after more rows have come. */
  readonly key: string;
  /** How deep it is nested, from 0. */
  readonly level: number;
  readonly label: string;
  readonly status: VisitStatus;
  readonly startedAt: number;
  /** Undefined while it runs. */
  readonly endedAt?: number;
  readonly error?: string;
  /** The visit that it is, or is a part of; for a fold, the Parallel or Map; undefined for a group. */
  readonly visit?: StateVisit;
  readonly invocation?: Invocation;
  /** How long the cold start took, in milliseconds; undefined for a warm one. */
  readonly coldStart?: number;
}

/**
 * The rows of some visits, in tree order: each under the states, attempts and items around it, with its attempts and its
 * Lambda invocations. What is folded is one row.
 */
export function timelineRows(
  visits: readonly StateVisit[],
  groups: ReadonlyMap<string, VisitGroup>,
  invocations: readonly Invocation[],
  folds: Folds = new Map(),
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  const levels = new Map<string, number>();
  const byEvent = new Map(invocations.map((invocation) => [invocation.scheduledEventId, invocation]));

  const addOnce = (key: string, level: number, row: () => Omit<TimelineRow, 'key' | 'level'>): number => {
    const known = levels.get(key);
    if (known !== undefined) return known;
    levels.set(key, level);
    rows.push({ key, level, ...row() });
    return level;
  };

  /** @returns the level of what is in the visit's group */
  const addAround = (visit: StateVisit): number => {
    const key = groupKey(visit);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group) return 0;
    let level = addVisit(group.visit) + 1;
    const attempt = group.visit.attempts[group.attempt];
    if (attempt && group.visit.attempts.length > 1) level = addAttempt(group.visit, attempt, level) + 1;
    const unit = group.visit.type === 'Map' ? 'Item' : 'Branch';
    const row = () => ({
      kind: 'group' as const,
      label: `${unit} ${group.index + 1}`,
      status: groupStatus(group),
      ...groupTimes(group),
    });
    return addOnce(`g-${key}`, level, row) + 1;
  };

  const addVisit = (visit: StateVisit): number => {
    const key = `v-${visit.enteredEventId}`;
    const known = levels.get(key);
    if (known !== undefined) return known;
    const { name: label, status, enteredAt: startedAt, exitedAt: endedAt, error } = visit;
    const times = { startedAt, ...(endedAt !== undefined && { endedAt }) };
    const row = { kind: 'visit' as const, label, status, ...times, visit };
    const level = addOnce(key, addAround(visit), () => ({ ...row, ...(error !== undefined && { error }) }));
    if (visit.type === 'Task') addAttempts(visit, level + 1);
    return level;
  };

  const addAttempt = (visit: StateVisit, attempt: Attempt, level: number): number =>
    addOnce(`a-${attempt.eventId}`, level, () => ({
      kind: 'attempt',
      label: `Attempt ${visit.attempts.indexOf(attempt) + 1}`,
      status: attempt.status,
      startedAt: attempt.startedAt,
      ...(attempt.endedAt !== undefined && { endedAt: attempt.endedAt }),
      ...(attempt.error !== undefined && { error: attempt.error }),
      visit,
    }));

  const addAttempts = (visit: StateVisit, level: number): void => {
    const isRetried = visit.attempts.length > 1;
    for (const attempt of visit.attempts) {
      const inner = isRetried ? addAttempt(visit, attempt, level) + 1 : level;
      const invocation = byEvent.get(attempt.eventId);
      if (!invocation) continue;
      const times = invocationTimes(invocation);
      const isWaiting = attempt.status === 'IN_PROGRESS' && times.endedAt !== undefined;
      addOnce(`i-${attempt.eventId}`, inner, () => ({
        kind: 'invocation',
        label: invocation.logGroup.replace(/^\/aws\/lambda\//, ''),
        startedAt: attempt.startedAt,
        ...(attempt.endedAt !== undefined && { endedAt: attempt.endedAt }),
        ...times,
        // The Task may still wait for its token.
        status: isWaiting ? 'SUCCEEDED' : attempt.status,
        visit,
        invocation,
      }));
    }
  };

  for (const visit of visits) {
    const level = addVisit(visit) + 1;
    const folded = folds.get(visit);
    if (!folded) continue;
    const all = { visits: folded.flatMap((group) => group.visits) };
    addOnce(`f-${visit.enteredEventId}`, level, () => ({
      kind: 'fold',
      label: foldLabel(visit, folded),
      status: groupStatus(all),
      ...groupTimes(all),
      visit,
    }));
  }
  return rows;
}
