import { type EventRange, eventId, type LogEvent } from './event-block';

/** The most bytes of messages in one answer of GetLogEvents or FilterLogEvents. */
export const PAGE_BYTES = 1_048_576;

/** Epoch milliseconds: `startTime` is included, `endTime` is not. */
interface TimeRange {
  readonly startTime?: number;
  readonly endTime?: number;
}

/** The ids of the events in a range of time. */
export const idsIn = ({ startTime, endTime }: TimeRange): EventRange => ({
  ...(startTime !== undefined && { from: eventId(startTime, 0) }),
  ...(endTime !== undefined && { before: eventId(endTime, 0) }),
});

/** As many of the first events as one answer holds: at least one, if any. */
export function firstPage(events: Iterable<LogEvent>, limit: number): LogEvent[] {
  let bytes = 0;
  const first: LogEvent[] = [];
  for (const event of events) {
    bytes += Buffer.byteLength(event.message);
    if (first.length > 0 && bytes > PAGE_BYTES) break;
    first.push(event);
    if (first.length === limit) break;
  }
  return first;
}
