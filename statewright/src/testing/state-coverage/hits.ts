import { ownField, scopesOf } from '../../asl/scopes';
import type { HistoryEvent } from '../../engine';
import { matches } from '../../engine/error-handling/error-names';
import { type Attempt, executionPath, type StateVisit } from '../../history/execution-path';
import { matchedRule } from './choice-rule';
import { errorNamesOf, listOf } from './items';

/** A definition's states by name, which is unique in the whole of it. */
export type StatesByName = ReadonlyMap<string, { readonly location: string; readonly fields: unknown }>;

export function statesByName(definition: unknown): StatesByName {
  return new Map(
    [...scopesOf(definition)].flatMap(({ location, states }) =>
      states.map(([name, fields]) => [name, { location: `${location}/States/${name}`, fields }] as const),
    ),
  );
}

/** An error as ErrorEquals sees it; a missed heartbeat has a second name. */
interface Failure {
  readonly error: string;
  readonly alias?: string;
}

/**
 * The locations of what an execution exercised, each as often as it did, read from its history alone: what was retried
 * and caught follows from the errors in it, by the rule that the first clause that names an error handles it.
 */
export async function exercised(states: StatesByName, events: readonly HistoryEvent[]): Promise<string[]> {
  const hits: string[] = [];
  for (const visit of executionPath(events).visits) {
    const state = states.get(visit.name);
    if (state === undefined) continue;
    const { location, fields } = state;
    const failures = visit.attempts.map((attempt) => failureOf(attempt, events));
    const parts = [
      '',
      ...failures.slice(0, -1).map((failure) => retrierOf(fields, failure ?? failures.at(-1))),
      visit.type === 'Choice'
        ? await matchedRule(fields, visit, events)
        : exitOf(fields, visit, failures.at(-1)),
    ];
    hits.push(...parts.flatMap((part) => (part === undefined ? [] : `${location}${part}`)));
  }
  return hits;
}

/** The error that an attempt ended with; undefined when it succeeded, or when no event tells it. */
function failureOf(
  { eventId, error, startedAt, endedAt }: Attempt,
  events: readonly HistoryEvent[],
): Failure | undefined {
  if (error !== 'States.Timeout') return error === undefined ? undefined : { error };
  const scheduled = events[eventId - 1];
  if (scheduled?.type !== 'TaskScheduled') return { error };
  // A timeout before the state's time is over is a missed heartbeat.
  const { timeoutInSeconds = Number.POSITIVE_INFINITY, heartbeatInSeconds } =
    scheduled.taskScheduledEventDetails;
  const isHeartbeat =
    heartbeatInSeconds !== undefined && (endedAt ?? 0) - startedAt < timeoutInSeconds * 1000;
  return isHeartbeat ? { error, alias: 'States.HeartbeatTimeout' } : { error };
}

function retrierOf(fields: unknown, failure: Failure | undefined): string | undefined {
  const retriers = listOf(fields, 'Retry');
  // An error that no event tells can only have been for the one Retrier there is.
  const index = failure ? firstNaming(retriers, failure) : retriers.length - 1;
  return index >= 0 && (failure || retriers.length === 1) ? `/Retry[${index}]` : undefined;
}

/** How a state was left: by Next, by End, or by a Catcher; undefined when it was not. */
function exitOf(fields: unknown, visit: StateVisit, failure: Failure | undefined): string | undefined {
  if (visit.exitedEventId === undefined) return undefined;
  if (wasCaught(fields, visit)) return catcherOf(fields, visit, failure);
  if (ownField(fields, 'Next') !== undefined) return '/Next';
  return ownField(fields, 'End') === true ? '/End' : undefined;
}

function wasCaught(fields: unknown, { status, attempts, next }: StateVisit): boolean {
  const catchers = listOf(fields, 'Catch');
  if (catchers.length === 0) return false;
  return (
    status === 'CAUGHT' ||
    attempts.at(-1)?.status !== 'SUCCEEDED' ||
    (next !== undefined && next.name !== ownField(fields, 'Next'))
  );
}

function catcherOf(fields: unknown, visit: StateVisit, failure: Failure | undefined): string | undefined {
  const catchers = listOf(fields, 'Catch');
  const error = failure ?? caughtError(visit);
  const named = error ? firstNaming(catchers, error) : -1;
  const taken = catchers.flatMap((catcher, index) =>
    ownField(catcher, 'Next') === visit.next?.name ? [index] : [],
  );
  const index = taken.includes(named) ? named : taken.length === 1 ? taken[0] : undefined;
  return index === undefined ? undefined : `/Catch[${index}]`;
}

/** The error of a visit; where no event told it, what the Catcher put out. */
function caughtError({ error, output }: StateVisit): Failure | undefined {
  const named = error ?? ownField(JSON.parse(output ?? 'null'), 'Error');
  return typeof named === 'string' && named !== '' ? { error: named } : undefined;
}

const firstNaming = (clauses: readonly unknown[], failure: Failure) =>
  clauses.findIndex((clause) => matches(errorNamesOf(clause), failure));
