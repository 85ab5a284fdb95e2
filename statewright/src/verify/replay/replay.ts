import type { ExecutionOutcome } from '../../engine';
import { detailsEntry } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { compare, type EventPair } from './compare';
import { missingIn, type RecordedExecution } from './recorded-execution';
import { type RepeatOptions, type Repetition, repeat } from './repeat';
import { textDifferences, type ValueDifference, valueDifferences } from './value-difference';

/** The kinds of differences between a recorded execution and its replay. */
export const DIFFERENCE_KINDS = [
  'incomplete',
  'unanswered',
  'outcome',
  'path',
  'data',
  'parameters',
  'new-state',
  'renamed-state',
] as const;
/** The kind of a difference: see {@link Difference}. */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** A difference between a recorded execution and its replay. */
export type Difference =
  /** The history lacks what a replay needs: nothing was replayed. */
  | { readonly kind: 'incomplete'; readonly problems: readonly string[] }
  /** A call has no answer in the history: the comparison ends there. */
  | { readonly kind: 'unanswered'; readonly state: string; readonly reason: string }
  /** The execution ends with another status, output or error. */
  | {
      readonly kind: 'outcome';
      readonly recorded: Outcome;
      readonly now: Outcome;
      readonly values: readonly ValueDifference[];
    }
  /** The first event that is another one; one side is undefined where the execution has no more events. */
  | ({ readonly kind: 'path' } & Pick<EventPair, 'recorded' | 'now' | 'state'>)
  /** The first event whose data are others. */
  | ({ readonly kind: 'data' } & EventPair)
  /** A call that has other parameters. */
  | ({ readonly kind: 'parameters' } & EventPair)
  /** A state that the recorded execution did not visit. */
  | { readonly kind: 'new-state'; readonly state: string }
  | { readonly kind: 'renamed-state'; readonly state: string; readonly recorded: string };

/** How an execution ended; RUNNING when it had not. */
export interface Outcome {
  readonly status: ExecutionOutcome['status'] | 'RUNNING';
  /** The output as JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** The answer to: would this execution still take the same path and end the same? */
export interface Replay {
  /** Whether nothing differs. */
  readonly isSame: boolean;
  /** What differs; empty when nothing does. */
  readonly differences: readonly Difference[];
  /** How the recorded execution ended. */
  readonly recorded: Outcome;
  /** Undefined when the replay ended at a call without an answer. */
  readonly now: Outcome | undefined;
  /** The events of the replay. */
  readonly events: readonly HistoryEvent[];
  /** The events of each child execution of its distributed Maps. */
  readonly children: readonly (readonly HistoryEvent[])[];
}

/**
 * Runs a recorded execution again with a definition: with its input, and with the recorded results of its calls, in
 * simulated time from the recorded start.
 *
 * @throws InvalidDefinitionError
 */
export async function replayExecution(execution: RecordedExecution, options: RepeatOptions): Promise<Replay> {
  const recorded = outcomeOf(execution.events);
  const problems = [execution, ...(execution.children ?? [])].flatMap(({ events }) => missingIn(events));
  if (problems.length > 0) {
    const differences = [{ kind: 'incomplete', problems }] as const;
    return { isSame: false, differences, recorded, now: undefined, events: [], children: [] };
  }
  const repetition = await repeat(execution, options);
  const [root, ...children] = repetition.executions;
  const events = root?.events ?? [];
  const now = repetition.unanswered ? undefined : outcomeOf(events);
  const differences = differencesOf(recorded, now, repetition);
  return {
    isSame: differences.length === 0,
    differences,
    recorded,
    now,
    events,
    children: children.map((child) => child.events),
  };
}

function differencesOf(
  recorded: Outcome,
  now: Outcome | undefined,
  { executions, unanswered, renames, own }: Repetition,
): readonly Difference[] {
  const isSame = own.isSame.bind(own);
  const comparisons = executions.map((each) => compare(each, isSame, unanswered === undefined));
  const recordings = executions.flatMap(({ recording }) => recording ?? []);
  const visited = executions
    .filter(({ recording }) => recording !== undefined)
    .flatMap(({ recorder }) => recorder.path().visits.map(({ name }) => name));
  const known = new Set(recordings.flatMap(({ states }) => [...states]));
  const outcome = now && outcomeDifferences(recorded, now, isSame);
  return [
    ...(unanswered ? [{ kind: 'unanswered', ...unanswered } as const] : []),
    ...(outcome && now && outcome.length > 0
      ? [{ kind: 'outcome', recorded, now, values: outcome } as const]
      : []),
    ...comparisons.flatMap(({ path }) =>
      path ? [{ kind: 'path', recorded: path.recorded, now: path.now, state: path.state } as const] : [],
    ),
    ...comparisons.flatMap(({ data }) => (data ? [{ kind: 'data', ...data } as const] : [])),
    ...comparisons.flatMap(({ calls }) => calls.map((pair) => ({ kind: 'parameters', ...pair }) as const)),
    ...[...new Set(visited)]
      .filter((state) => !known.has(state) && !renames.has(state))
      .map((state) => ({ kind: 'new-state', state }) as const),
    ...[...renames].map(([state, was]) => ({ kind: 'renamed-state', state, recorded: was }) as const),
  ];
}

function outcomeDifferences(
  recorded: Outcome,
  now: Outcome,
  isSame: (recorded: string, now: string) => boolean,
): readonly ValueDifference[] {
  if (recorded.status !== now.status) {
    return [{ path: 'status', recorded: recorded.status, now: now.status }];
  }
  return [
    ...valueDifferences(recorded.error, now.error, isSame, 'error'),
    ...valueDifferences(recorded.cause, now.cause, isSame, 'cause'),
    ...(recorded.output === undefined || now.output === undefined
      ? []
      : textDifferences(recorded.output, now.output, isSame, 'output')),
  ];
}

function outcomeOf(events: readonly HistoryEvent[]): Outcome {
  const last = events.at(-1);
  const [, ended = ''] = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.exec(last?.type ?? '') ?? [];
  if (!last || ended === '') return { status: 'RUNNING' };
  const status = ({ TimedOut: 'TIMED_OUT' }[ended] ?? ended.toUpperCase()) as Outcome['status'];
  const { output, error, cause } = (detailsEntry(last)?.[1] ?? {}) as Omit<Outcome, 'status'>;
  return {
    status,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
