import type { LogEvent } from './event-block';

/**
 * The events of several streams or groups in order of time.
 * @param sources events in this order
 * @param reverse from the end to the beginning (default: false)
 */
export function* inOrder(sources: readonly Iterator<LogEvent>[], reverse = false): Generator<LogEvent> {
  const isLater = (id: string, other: string) => (reverse ? id < other : id > other);
  // The source of the next event is the last one.
  const heads = sources.flatMap(headOf).sort((a, b) => (isLater(b.next.eventId, a.next.eventId) ? 1 : -1));
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.next;
    for (const again of headOf(head.events)) {
      heads.splice(placeOf(again.next.eventId, heads, isLater), 0, again);
    }
  }
}

/** A source, and the event that is read next. */
interface Head {
  readonly events: Iterator<LogEvent>;
  readonly next: LogEvent;
}

/** Nothing at the end of the source. */
function headOf(events: Iterator<LogEvent>): Head[] {
  const { done, value } = events.next();
  return done ? [] : [{ events, next: value }];
}

/** Where a source with this next event belongs among the heads. */
function placeOf(
  id: string,
  heads: readonly Head[],
  isLater: (id: string, other: string) => boolean,
): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLater((heads[middle] as Head).next.eventId, id)) low = middle + 1;
    else high = middle;
  }
  return low;
}
