/**
 * Replays recorded histories, for the scorer of the recordings: everything is from the events of a recording, as
 * `statewright replay` reads it, and its own definition runs again. What is no history runs as in `adapter.ts`: a
 * recording of an outcome alone, and those of a Parallel, whose branches lost the ids of their events.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { HistoryEvent } from '../../src/engine';
import { replayExecution } from '../../src/verify/replay/replay';
import { asRecorded, type Recording, replay as run } from './adapter';

interface RecordedHistory extends Recording {
  readonly id: string;
  readonly kind: 'history' | 'outcome';
  readonly orderNormalised?: boolean;
  readonly events?: readonly Readonly<Record<string, unknown>>[];
}

const file = process.argv.find((argument) => argument.endsWith('recordings.json')) as string;
const histories = new Map(
  (JSON.parse(readFileSync(file, 'utf8')) as RecordedHistory[]).map((each) => [each.id, each.events ?? []]),
);

export async function replay(recording: RecordedHistory): Promise<object> {
  if (recording.kind !== 'history' || recording.orderNormalised) return run(recording);
  const { definition, names } = recording;
  const events = asHistory(histories.get(recording.id) ?? [], recording);
  const known = Object.fromEntries(Object.entries(names).filter(([, name]) => name !== null));
  const replayed = await replayExecution({ events, ...known }, { definition });
  if (replayed.now === undefined) throw new Error(JSON.stringify(replayed.differences[0]));
  return { ...replayed.now, events: asRecorded(replayed.events) };
}

const DAY = 86_400_000;

/** The recorder parsed the payloads, replaced the times by a word, and the names by others. */
function asHistory(
  recorded: readonly Readonly<Record<string, unknown>>[],
  { inputText, names, taskOutcomes }: RecordedHistory,
): HistoryEvent[] {
  let timestamp = Date.UTC(2024, 0, 1);
  const causes = Object.values(taskOutcomes).flatMap((each) =>
    each.flatMap(({ causeText }) => causeText ?? []),
  );
  return recorded.map((event) => {
    // A Wait and a timeout take their time, however long it is.
    timestamp += /TimedOut|WaitStateExited/.test(String(event.type)) ? DAY : 1;
    const entries = Object.entries(event).map(([name, value]) =>
      name.endsWith('EventDetails') ? [name, asDetails(value as object, causes)] : [name, value],
    );
    const whole = { ...Object.fromEntries(entries), timestamp };
    if (event.type === 'ExecutionStarted') {
      whole.executionStartedEventDetails = {
        ...whole.executionStartedEventDetails,
        input: inputText,
        roleArn: names.roleArn,
      };
    }
    return whole as HistoryEvent;
  });
}

const PAYLOADS = ['input', 'output', 'parameters'];

/** @param causes the texts of the causes that the recorder parsed */
function asDetails(details: object, causes: readonly string[]): object {
  const textOf = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return value;
    if (name === 'cause') return causes.find((text) => isJson(text, value));
    return PAYLOADS.includes(name) ? JSON.stringify(value) : value;
  };
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, textOf(name, value)]));
}

function isJson(text: string, value: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), value);
  } catch {
    return false;
  }
}
