import {
  errorNamesOf,
  listAt,
  ownField,
  type Part,
  type StatePart,
  statesOf,
  transitionsOf,
} from '../../asl/graph';
import { fieldAt } from '../../asl/location';
import type { HistoryEvent } from '../../engine';
import { matches } from '../../engine/error-handling/error-names';
import { type Attempt, executionPath, type StateVisit } from '../../history/execution-path';
import { matchedRule } from './choice-rule';

/** A definition's states by name, which is unique in the definition. */
export type StatesByName = ReadonlyMap<string, StatePart>;

export function statesByName(definition: unknown): StatesByName {
  return new Map([...statesOf(definition)].map((state) => [state.name, state]));
}

/** An error as ErrorEquals matches it; a missed heartbeat has a second name. */
interface Failure {
  readonly error: string;
  readonly alias?: string;
}

/**
 * The locations that an execution exercised, once for each time, from its history alone. The errors in it show what was
 * retried and caught: the first clause that names an error handles it.
 */
export async function exercised(states: StatesByName, events: readonly HistoryEvent[]): Promise<string[]> {
  const hits: string[] = [];
  for (const visit of executionPath(events).visits) {
    const state = states.get(visit.name);
    if (state === undefined) continue;
    const failures = visit.attempts.map((attempt) => failureOf(attempt, events));
    const places = [
      state.location,
      ...failures.slice(0, -1).map((failure) => retrierOf(state, failure ?? failures.at(-1))),
      visit.type === 'Choice'
        ? await matchedRule(state, visit, events)
        : exitOf(state, visit, failures.at(-1)),
    ];
    hits.push(...places.filter((place) => place !== undefined));
  }
  return hits;
}

/** The error that an attempt ended with; undefined if it succeeded, or if no event has the error. */
function failureOf(
  { eventId, error, startedAt, endedAt }: Attempt,
  events: readonly HistoryEvent[],
): Failure | undefined {
  if (error !== 'States.Timeout') return error === undefined ? undefined : { error };
  const scheduled = events[eventId - 1];
  if (scheduled?.type !== 'TaskScheduled') return { error };
  // A timeout before TimeoutSeconds is a missed heartbeat.
  const { timeoutInSeconds = Number.POSITIVE_INFINITY, heartbeatInSeconds } =
    scheduled.taskScheduledEventDetails;
  const isHeartbeat =
    heartbeatInSeconds !== undefined && (endedAt ?? 0) - startedAt < timeoutInSeconds * 1000;
  return isHeartbeat ? { error, alias: 'States.HeartbeatTimeout' } : { error };
}

function retrierOf(state: Part, failure: Failure | undefined): string | undefined {
  const retriers = listAt(state, 'Retry');
  // An error that is in no event can only be for a single Retrier.
  const index = failure ? firstNaming(retriers, failure) : retriers.length - 1;
  return failure || retriers.length === 1 ? retriers[index]?.location : undefined;
}

/** How a state was left: by Next, by End, or by a Catcher; undefined if it was not left. */
function exitOf(state: Part, visit: StateVisit, failure: Failure | undefined): string | undefined {
  if (visit.exitedEventId === undefined) return undefined;
  if (wasCaught(state, visit)) return catcherOf(state, visit, failure);
  const { content, location } = state;
  if (ownField(content, 'Next') !== undefined) return fieldAt(location, 'Next');
  return ownField(content, 'End') === true ? fieldAt(location, 'End') : undefined;
}

function wasCaught(state: Part, { status, attempts, next }: StateVisit): boolean {
  if (listAt(state, 'Catch').length === 0) return false;
  return (
    status === 'CAUGHT' ||
    attempts.at(-1)?.status !== 'SUCCEEDED' ||
    (next !== undefined && next.name !== ownField(state.content, 'Next'))
  );
}

function catcherOf(state: Part, visit: StateVisit, failure: Failure | undefined): string | undefined {
  const catchers = transitionsOf(state).filter((each) => each.field === 'Catch');
  const error = failure ?? caughtError(visit);
  const named =
    error &&
    catchers[
      firstNaming(
        catchers.map(({ clause }) => clause),
        error,
      )
    ];
  const taken = catchers.filter(({ target }) => target === visit.next?.name);
  const catcher = named && taken.includes(named) ? named : taken.length === 1 ? taken[0] : undefined;
  return catcher?.clause.location;
}

/** The error of a visit; if no event has it, the one in the Catcher's output. */
function caughtError({ error, output }: StateVisit): Failure | undefined {
  const named = error ?? ownField(JSON.parse(output ?? 'null'), 'Error');
  return typeof named === 'string' && named !== '' ? { error: named } : undefined;
}

const firstNaming = (clauses: readonly Part[], failure: Failure) =>
  clauses.findIndex((clause) => matches(errorNamesOf(clause), failure));
