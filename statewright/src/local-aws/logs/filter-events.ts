import { invalidNextToken, invalidParameter } from './errors';
import { firstPage, inTime } from './event-range';
import { compileFilterPattern } from './filter-pattern';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { firstAtOrAfter, type LogStore } from './store';

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

  const candidates = streamNames(store, logGroupName, request)
    .flatMap((name) => {
      const events = inTime(store.events(logGroupName, name), times);
      return events.slice(firstAtOrAfter(events, after));
    })
    .filter(({ message }) => matches(message))
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  const shown = firstPage(candidates, limit);
  const next = candidates[shown.length];
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
