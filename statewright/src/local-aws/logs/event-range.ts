import { eventId, firstAtOrAfter, type LogEvent } from './store';

/** The most bytes of messages in one answer of GetLogEvents or FilterLogEvents. */
export const PAGE_BYTES = 1_048_576;

/** Epoch milliseconds: `startTime` is included, `endTime` is not. */
export interface TimeRange {
  readonly startTime?: number;
  readonly endTime?: number;
}

/** The events in a range of time; `events` must be in order. */
export function inTime(events: readonly LogEvent[], { startTime, endTime }: TimeRange): readonly LogEvent[] {
  const start = startTime === undefined ? 0 : firstAtOrAfter(events, eventId(startTime, 0));
  const end = endTime === undefined ? events.length : firstAtOrAfter(events, eventId(endTime, 0));
  return events.slice(start, end);
}

/** As many of the first events as one answer holds: at least one, if any. */
export function firstPage(events: readonly LogEvent[], limit: number): readonly LogEvent[] {
  let bytes = 0;
  let end = 0;
  for (const { message } of events) {
    bytes += Buffer.byteLength(message);
    if (end === limit || (end > 0 && bytes > PAGE_BYTES)) break;
    end++;
  }
  return events.slice(0, end);
}
