import type { EventDetails } from './event-details';
import type { HistoryEvent } from './events';
import type { Attempt, StateVisit, VisitScope } from './visit';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface MutableVisitScope extends VisitScope {
  readonly visit: Visit;
}

/** A visit while a history is read. */
export interface Visit extends Omit<Mutable<StateVisit>, 'attempts' | 'scope' | 'next'> {
  readonly attempts: Mutable<Attempt>[];
  readonly scope?: MutableVisitScope;
  next?: Visit;
  /** Whether it has an error that is not handled so far. */
  failing: boolean;
  /** The number of branches that its last attempt has entered. */
  branches: number;
}

export function isOpen(visit: Visit): boolean {
  return visit.status === 'IN_PROGRESS';
}

export function isInside(visit: Visit, container: Visit): boolean {
  return nearest(visit.scope?.visit, (candidate) => candidate === container) !== undefined;
}

/** In the order of the branches and items that they are in, from outside to inside. */
export function byBranch(a: Visit, b: Visit): number {
  const [one, other] = [branches(a), branches(b)];
  const at = one.findIndex((index, i) => index !== other[i]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}

function branches({ scope }: Visit): number[] {
  return scope ? [...branches(scope.visit), scope.index] : [];
}

/** The visit itself, or the nearest one around it, that matches. */
export function nearest(visit: Visit | undefined, isSought: (visit: Visit) => boolean): Visit | undefined {
  return !visit || isSought(visit) ? visit : nearest(visit.scope?.visit, isSought);
}

export function errorOf({ error, cause }: EventDetails): Pick<EventDetails, 'error' | 'cause'> {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** Sets the error of a visit; an earlier error stays, because it is the reason. */
export function fail(visit: Visit, reason: EventDetails): void {
  if (visit.error === undefined) Object.assign(visit, errorOf(reason));
  visit.failing = true;
}

export function reopen(visit: Visit): void {
  visit.status = 'IN_PROGRESS';
  visit.failing = false;
  delete visit.exitedAt;
  delete visit.error;
  delete visit.cause;
  const attempt = visit.attempts.at(-1);
  if (visit.type === 'Task' || attempt?.status === 'SUCCEEDED' || attempt === undefined) return;
  attempt.status = 'IN_PROGRESS';
  delete attempt.endedAt;
  delete attempt.error;
  delete attempt.cause;
}

export function startAttempt(visit: Visit, event: HistoryEvent): void {
  visit.failing = false;
  delete visit.error;
  delete visit.cause;
  visit.attempts.push({ eventId: event.id, startedAt: event.timestamp, status: 'IN_PROGRESS' });
}

export function endAttempt(
  visit: Visit,
  event: HistoryEvent,
  status: Attempt['status'],
  reason: EventDetails = {},
): void {
  const attempt = visit.attempts.at(-1);
  if (attempt?.status !== 'IN_PROGRESS') return;
  Object.assign(attempt, { status, endedAt: event.timestamp, ...errorOf(reason) });
}

/** Ends an attempt whose fields could not be evaluated: in progress, just completed, or before its call. */
export function failTry(visit: Visit, event: HistoryEvent, reason: EventDetails): void {
  const last = visit.attempts.at(-1);
  if (last?.status === 'SUCCEEDED') last.status = 'IN_PROGRESS';
  else if (last?.status !== 'IN_PROGRESS' && ['Task', 'Parallel', 'Map'].includes(visit.type)) {
    startAttempt(visit, event);
  }
  fail(visit, reason);
  endAttempt(visit, event, 'FAILED', reason);
}

export function tryTask(visit: Visit, event: HistoryEvent, details: EventDetails): void {
  if (event.type.endsWith('Scheduled')) {
    startAttempt(visit, event);
  } else if (event.type.endsWith('Succeeded')) {
    endAttempt(visit, event, 'SUCCEEDED');
  } else if (/Failed$|TimedOut$/.test(event.type)) {
    fail(visit, details);
    endAttempt(visit, event, 'FAILED', details);
  }
}

/** The error in the `{Error, Cause}` output of a Catch, when no event has named it. */
export function errorOutput(output: string): Pick<EventDetails, 'error' | 'cause'> {
  try {
    const { Error: error, Cause: cause } = JSON.parse(output) ?? {};
    return { ...(typeof error === 'string' && { error }), ...(typeof cause === 'string' && { cause }) };
  } catch {
    return {};
  }
}
