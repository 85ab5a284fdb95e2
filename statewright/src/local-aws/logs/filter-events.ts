import { invalidNextToken, invalidParameter } from './errors';
import type { EventRange, LogEvent } from './event-block';
import { inOrder } from './event-order';
import { idsIn, PAGE_BYTES } from './event-range';
import { compileFilterPattern } from './filter-pattern';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { type LogStore, laterOf } from './store';

/** The most that one call looks at, in events and in bytes: a search through a large group does not keep others waiting. */
const SCAN_EVENTS = 10_000;
const SCAN_BYTES = PAGE_BYTES;

/**
 * Events of a group's streams in order of time that match a pattern. A call that has looked at enough returns what it
 * has found, perhaps nothing, and a token to continue (CloudWatch Logs API Reference, FilterLogEvents).
 */
export function filterLogEvents(store: LogStore, request: LogsRequest<'FilterLogEvents'>) {
  const { logGroupName } = store.group(groupNameIn(request));
  const { limit = PAGE_EVENTS } = request;
  const matches = compileFilterPattern(request.filterPattern ?? '');
  const after = request.nextToken === undefined ? '' : readToken(request.nextToken);
  // The end is inclusive here, and exclusive in GetLogEvents.
  const { from = '', ...range } = idsIn({
    ...(request.startTime !== undefined && { startTime: request.startTime }),
    ...(request.endTime !== undefined && { endTime: request.endTime + 1 }),
  });
  const events = eventsOf(store, logGroupName, request, { ...range, from: laterOf(after, from) });
  const found: LogEvent[] = [];
  let scanned = 0;
  let scannedBytes = 0;
  let next: LogEvent | undefined;
  const { erasedKeys } = store;
  const isInStream = (event: LogEvent) =>
    event.logStreamName.startsWith(request.logStreamNamePrefix ?? '') &&
    (erasedKeys.size === 0 || !erasedKeys.has(event.streamKey));
  for (const event of events) {
    const { message } = event;
    scanned++;
    scannedBytes += Buffer.byteLength(message);
    const isFull =
      found.length === limit || scanned > SCAN_EVENTS || (scanned > 1 && scannedBytes > SCAN_BYTES);
    if (isFull) {
      next = event;
      break;
    }
    if (isInStream(event) && matches(message)) found.push(event);
  }
  return {
    events: found.map(({ logStreamName, timestamp, message, ingestionTime, eventId }) => ({
      logStreamName,
      timestamp,
      message,
      ingestionTime,
      eventId,
    })),
    searchedLogStreams: [],
    ...(next === undefined ? {} : { nextToken: writeToken(next.eventId) }),
  };
}

/** The events of the named streams, or of the whole group, in order of time. */
function eventsOf(
  store: LogStore,
  groupName: string,
  { logStreamNames: names, logStreamNamePrefix: prefix }: LogsRequest<'FilterLogEvents'>,
  range: EventRange,
): Iterable<LogEvent> {
  if (names === undefined) return store.events({ groupName }, range);
  if (prefix !== undefined) {
    throw invalidParameter('Parameters logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  const streams = names.map((name) => store.stream(groupName, name).logStreamName);
  return inOrder(streams.map((streamName) => store.events({ groupName, streamName }, range)));
}

const writeToken = (eventId: string) => Buffer.from(`event:${eventId}`).toString('base64url');

function readToken(token: string): string {
  const id = /^event:(\d{56})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (id === undefined) throw invalidNextToken();
  return id;
}
