import type { EventRange, LogEvent } from '../event-block';
import { inOrder } from '../event-order';
import type { LogStore } from '../store';
import { EventRow } from './row';

/** How many events, or characters of messages, are read at once: between two reads, other requests may write events. */
const CHUNK_EVENTS = 1000;
const CHUNK_CHARACTERS = 1_000_000;

/** The events of log groups, the newest first; undefined for one of a deleted stream, which is ignored. */
export function* newestEvents(
  store: LogStore,
  groupNames: readonly string[],
  range: EventRange,
): Generator<EventRow | undefined> {
  const groups = groupNames.map((groupName) => newestOf(store, groupName, range));
  for (const event of inOrder(groups, true)) {
    const isErased = store.erasedKeys.size > 0 && store.erasedKeys.has(event.streamKey);
    yield isErased ? undefined : new EventRow(event, `${store.context.accountId}:${event.logGroupName}`);
  }
}

function* newestOf(
  store: LogStore,
  groupName: string,
  { before, ...range }: EventRange,
): Generator<LogEvent> {
  let end = before;
  for (;;) {
    const chunk: LogEvent[] = [];
    let characters = 0;
    let isFull = false;
    const last = { ...range, reverse: true, ...(end !== undefined && { before: end }) };
    for (const event of store.events({ groupName }, last)) {
      characters += event.message.length;
      isFull = chunk.push(event) === CHUNK_EVENTS || characters >= CHUNK_CHARACTERS;
      if (isFull) break;
    }
    yield* chunk;
    if (!isFull) return;
    end = chunk.at(-1)?.eventId;
  }
}
