import type { EventRange, LogEvent } from '../event-block';
import type { LogStore } from '../store';
import { EventRow } from './row';

/** How many events are read at once: between two reads, other requests may write events. */
const CHUNK = 1000;

/** The events of log groups, the newest first. */
export function* newestEvents(
  store: LogStore,
  groupNames: readonly string[],
  range: EventRange,
): Generator<EventRow> {
  const heads = groupNames.flatMap((groupName) => headOf(newestOf(store, groupName, range), groupName));
  while (heads.length > 0) {
    const newest = heads.reduce((a, b) => (a.next.eventId < b.next.eventId ? b : a));
    yield new EventRow(newest.next, `${store.context.accountId}:${newest.groupName}`);
    heads.splice(heads.indexOf(newest), 1, ...headOf(newest.events, newest.groupName));
  }
}

/** A log group, and the event of it that is read next. */
interface Head {
  readonly groupName: string;
  readonly events: Iterator<LogEvent>;
  readonly next: LogEvent;
}

/** Nothing at the end of the group. */
function headOf(events: Iterator<LogEvent>, groupName: string): Head[] {
  const { done, value } = events.next();
  return done ? [] : [{ groupName, events, next: value }];
}

function* newestOf(
  store: LogStore,
  groupName: string,
  { before, ...range }: EventRange,
): Generator<LogEvent> {
  let end = before;
  for (;;) {
    const chunk: LogEvent[] = [];
    const last = { ...range, reverse: true, ...(end !== undefined && { before: end }) };
    for (const event of store.events({ groupName }, last)) if (chunk.push(event) === CHUNK) break;
    for (const event of chunk) if (!store.erasedKeys.has(event.streamKey)) yield event;
    if (chunk.length < CHUNK) return;
    end = chunk.at(-1)?.eventId;
  }
}
