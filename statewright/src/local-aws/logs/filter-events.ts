import { invalidNextToken, invalidParameter } from './errors';
import { inTime, PAGE_BYTES } from './event-range';
import { compileFilterPattern } from './filter-pattern';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { firstAtOrAfter, type LogEvent, type LogStore } from './store';

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
  const times = {
    ...(request.startTime === undefined ? {} : { startTime: request.startTime }),
    ...(request.endTime === undefined ? {} : { endTime: request.endTime + 1 }),
  };

  const streams = streamNames(store, logGroupName, request).map((name) => {
    const events = inTime(store.events(logGroupName, name), times);
    return events.slice(firstAtOrAfter(events, after));
  });
  const found: LogEvent[] = [];
  let scanned = 0;
  let scannedBytes = 0;
  let next: LogEvent | undefined;
  for (const event of inOrder(streams)) {
    scanned++;
    scannedBytes += Buffer.byteLength(event.message);
    const isFull =
      found.length === limit || scanned > SCAN_EVENTS || (scanned > 1 && scannedBytes > SCAN_BYTES);
    if (isFull) {
      next = event;
      break;
    }
    if (matches(event.message)) found.push(event);
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

/** The events of several streams in order of time, each of which is in order. */
function* inOrder(streams: readonly (readonly LogEvent[])[]): Generator<LogEvent> {
  // The stream with the earliest next event is the last one.
  const heads = streams
    .filter((events) => events.length > 0)
    .map((events) => ({ events, next: 0 }))
    .sort((a, b) => (nextId(a) < nextId(b) ? 1 : -1));
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.events[head.next] as LogEvent;
    head.next++;
    if (head.next < head.events.length) heads.splice(placeOf(nextId(head), heads), 0, head);
  }
}

interface Head {
  readonly events: readonly LogEvent[];
  next: number;
}

const nextId = ({ events, next }: Head) => (events[next] as LogEvent).eventId;

/** Where a stream with this next event belongs among the heads. */
function placeOf(id: string, heads: readonly Head[]): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nextId(heads[middle] as Head) > id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function streamNames(
  store: LogStore,
  logGroupName: string,
  request: LogsRequest<'FilterLogEvents'>,
): readonly string[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = request;
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter('Parameters logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  if (names) return names.map((name) => store.stream(logGroupName, name).logStreamName);
  return store
    .streams(logGroupName)
    .map(({ logStreamName }) => logStreamName)
    .filter((name) => name.startsWith(prefix ?? ''));
}

const writeToken = (eventId: string) => Buffer.from(`event:${eventId}`).toString('base64url');

function readToken(token: string): string {
  const id = /^event:(\d{56})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (id === undefined) throw invalidNextToken();
  return id;
}
