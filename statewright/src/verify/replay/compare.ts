import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { ExecutionPath } from '../../history/visit';
import type { Positions } from './positions';
import type { Repeated } from './repeat';
import { type SameText, textDifferences, type ValueDifference, valueDifferences } from './value-difference';

/** Two events in the same place; one is undefined where the other execution has none. */
export interface EventPair {
  readonly recorded: HistoryEvent | undefined;
  readonly now: HistoryEvent | undefined;
  /** The state that the event is in; undefined for one of the execution itself. */
  readonly state: string | undefined;
  /** How their data differ; empty for events of different types or states. */
  readonly values: readonly ValueDifference[];
}

type Pair = Omit<EventPair, 'state'>;

/** The differences between a recorded execution and its repetition. */
interface Comparison {
  /** The first event that is another one. */
  readonly path: EventPair | undefined;
  /** The first event with other data, calls not counted. */
  readonly data: EventPair | undefined;
  /** The calls that have other parameters. */
  readonly calls: readonly EventPair[];
}

/** Details that differ between any two executions, or that are compared elsewhere: an outcome, what is truncated. */
const NOT_COMPARED = new Set(['roleArn', 'region', 'mapRunArn', 'workerName']);
const OUTCOME = /^Execution(?:Succeeded|Failed|TimedOut|Aborted)$/;
/** What an event tells about the end of something else. */
const CONSEQUENCE = /(?:State|MapIteration|MapRun)Aborted$/;

/**
 * Compares the events thread by thread: which of two branches is first says nothing about what they do.
 *
 * @param isComplete false when the repetition ended early: only what it has is compared
 */
export function compare(
  { recording, ...repeated }: Repeated,
  isSame: SameText,
  isComplete: boolean,
): Comparison {
  if (!recording) return { path: undefined, data: undefined, calls: [] };
  const path = repeated.recorder.path();
  const before = threadsOf(recording.execution.events, recording.path, recording.positions);
  const after = threadsOf(repeated.events, path, repeated.positions);
  const pairs: Pair[] = [];
  for (const thread of new Set([...before.keys(), ...after.keys()])) {
    const [recorded = EMPTY, now = EMPTY] = [before.get(thread), after.get(thread)];
    const isWhole = isComplete && !recorded.aborted && !now.aborted;
    pairs.push(...pairsOf(recorded.events, now.events, isWhole, isSame, nameIn(repeated.positions, path)));
  }
  const nameOf = ({ recorded, now }: Pair) =>
    (recording.path.visitByEvent.get(recorded?.id ?? 0) ?? path.visitByEvent.get(now?.id ?? 0))?.name;
  const differing = pairs
    .map((pair) => ({ ...pair, state: nameOf(pair) }))
    .sort((a, b) => orderOf(a) - orderOf(b));
  const isOther = ({ recorded, now, values }: Pair) => !recorded || !now || values.length === 0;
  return {
    path: differing.find(isOther),
    data: differing.find((pair) => !isOther(pair) && !isCall(pair)),
    calls: differing.filter((pair) => !isOther(pair) && isCall(pair)),
  };
}

interface ThreadEvents {
  readonly events: HistoryEvent[];
  /** Whether something else ended it. */
  aborted: boolean;
}

const EMPTY: ThreadEvents = { events: [], aborted: false };

function threadsOf(
  events: readonly HistoryEvent[],
  path: ExecutionPath,
  positions: Positions,
): ReadonlyMap<string, ThreadEvents> {
  const threads = new Map<string, ThreadEvents>();
  const threadAt = (name: string): ThreadEvents => {
    const thread = threads.get(name) ?? { events: [], aborted: false };
    threads.set(name, thread);
    return thread;
  };
  for (const event of events) {
    const visit = path.visitByEvent.get(event.id);
    const { index } = eventDetails(event);
    if (CONSEQUENCE.test(event.type)) continue;
    if (event.type.startsWith('MapIteration') && visit && index !== undefined) {
      const attempt = visit.attempts.filter(({ eventId }) => eventId < event.id).length - 1;
      threadAt(positions.iteration(visit, attempt, index)).events.push(event);
    } else {
      threadAt(visit ? positions.of(visit).thread : '').events.push(event);
    }
  }
  for (const visit of path.visits) {
    if (visit.status === 'ABORTED') threadAt(positions.of(visit).thread).aborted = true;
  }
  return threads;
}

/** The pairs of a thread that differ, up to the first that is another event. */
function pairsOf(
  recorded: readonly HistoryEvent[],
  now: readonly HistoryEvent[],
  isWhole: boolean,
  isSame: SameText,
  nameOf: (event: HistoryEvent) => string,
): readonly Pair[] {
  const pairs: Pair[] = [];
  const length = isWhole ? Math.max(recorded.length, now.length) : Math.min(recorded.length, now.length);
  for (let index = 0; index < length; index++) {
    const [before, after] = [recorded[index], now[index]];
    if (!before || !after || labelOf(before) !== `${after.type} ${nameOf(after)}`) {
      pairs.push({ recorded: before, now: after, values: [] });
      break;
    }
    const values = OUTCOME.test(after.type) ? [] : detailDifferences(before, after, isSame);
    if (values.length > 0) pairs.push({ recorded: before, now: after, values });
  }
  return pairs;
}

const labelOf = (event: HistoryEvent) => `${event.type} ${stateOf(event)}`;

/** The name of a state of the repetition, as the recording has it. */
function nameIn(positions: Positions, path: ExecutionPath): (event: HistoryEvent) => string {
  return (event) => {
    const visit = path.visitByEvent.get(event.id);
    const name = stateOf(event);
    return visit && visit.name === name ? positions.of(visit).name : name;
  };
}

function stateOf(event: HistoryEvent): string {
  const { name, state } = eventDetails(event);
  return name ?? state ?? '';
}

function detailDifferences(
  recorded: HistoryEvent,
  now: HistoryEvent,
  isSame: SameText,
): readonly ValueDifference[] {
  const [before, after] = [recorded, now].map(eventDetails) as [
    Readonly<Record<string, unknown>>,
    Readonly<Record<string, unknown>>,
  ];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    if (name.endsWith('Details') || NOT_COMPARED.has(name) || name === 'name' || name === 'state') return [];
    const [was, is] = [before[name], after[name]];
    if (was === undefined && isLeftOut(before, name)) return [];
    return typeof was === 'string' && typeof is === 'string'
      ? textDifferences(was, is, isSame, name)
      : valueDifferences(was, is, isSame, name);
  });
}

/** Whether AWS truncated a field, or the log was written without data. */
function isLeftOut(details: Readonly<Record<string, unknown>>, name: string): boolean {
  const about = details[`${name}Details`] as { readonly truncated?: boolean } | undefined;
  return about?.truncated === true || ['input', 'output', 'parameters'].includes(name);
}

const isCall = ({ now }: Pair) => now?.type.endsWith('Scheduled') === true;

const orderOf = ({ recorded, now }: Pair) => recorded?.id ?? now?.id ?? 0;
