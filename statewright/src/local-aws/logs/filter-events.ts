import { invalidNextToken, invalidParameter } from './errors';
import { firstPage, inTime, PAGE_BYTES } from './event-range';
import { compileFilterPattern } from './filter-pattern';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { firstAtOrAfter, type LogEvent, type LogStore } from './store';

/** Events of a group's streams in order of time that match a pattern (CloudWatch Logs API Reference, FilterLogEvents). */
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
  // No more than this answer needs are looked at: a reader of the whole group asks for one page after the other.
  const found: LogEvent[] = [];
  let bytes = 0;
  for (const event of inOrder(streams)) {
    if (!matches(event.message)) continue;
    found.push(event);
    bytes += Buffer.byteLength(event.message);
    if (found.length > limit || (found.length > 1 && bytes > PAGE_BYTES)) break;
  }
  const shown = firstPage(found, limit);
  const next = found[shown.length];
  return {
    events: shown.map(({ logStreamName, timestamp, message, ingestionTime, eventId }) => ({
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

/** The events of several streams in order of time, each of which is so. */
function* inOrder(streams: readonly (readonly LogEvent[])[]): Generator<LogEvent> {
  const heads = streams.map((events) => ({ events, next: 0 }));
  for (;;) {
    let first: LogEvent | undefined;
    let from: { next: number } | undefined;
    for (const head of heads) {
      const event = head.events[head.next];
      if (event === undefined || (first !== undefined && first.eventId < event.eventId)) continue;
      first = event;
      from = head;
    }
    if (first === undefined || from === undefined) return;
    from.next++;
    yield first;
  }
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
