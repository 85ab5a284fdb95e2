import { invalidNextToken } from './errors';
import { firstPage, inTime } from './event-range';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { eventId, firstAtOrAfter, type LogEvent, type LogStore } from './store';

/**
 * Events of one stream, oldest first. Both tokens are always there; one that comes back as it was sent says that there
 * is nothing further that way (CloudWatch Logs API Reference, GetLogEvents).
 */
export function getLogEvents(store: LogStore, request: LogsRequest<'GetLogEvents'>) {
  const { logGroupName } = store.group(groupNameIn(request));
  const { logStreamName } = store.stream(logGroupName, request.logStreamName);
  const { limit = PAGE_EVENTS } = request;
  const events = inTime(store.events(logGroupName, logStreamName), request);

  const token = request.nextToken === undefined ? undefined : readToken(request.nextToken);
  const forward = token ? token.direction === 'f' : request.startFromHead === true;
  const edge = token ? firstAtOrAfter(events, token.eventId) : forward ? 0 : events.length;
  const page = forward ? firstPage(events.slice(edge), limit) : fromTail(events.slice(0, edge), limit);

  // A token names a place between events: forward the id after the last one shown, backward the first one's own.
  const here = token?.eventId ?? eventId(0, 0);
  const [first, last] = [page[0], page.at(-1)];
  return {
    events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${last ? following(last.eventId) : here}/s`,
    nextBackwardToken: `b/${first ? first.eventId : here}/s`,
  };
}

const fromTail = (events: readonly LogEvent[], limit: number) =>
  [...firstPage([...events].reverse(), limit)].reverse();

const following = (id: string) => (BigInt(id) + 1n).toString().padStart(56, '0');

function readToken(token: string): { readonly direction: string; readonly eventId: string } {
  const [, direction, id] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (direction === undefined || id === undefined) throw invalidNextToken();
  return { direction, eventId: id };
}
