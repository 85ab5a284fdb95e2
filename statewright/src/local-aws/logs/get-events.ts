import { invalidNextToken } from './errors';
import { type EventRange, eventId } from './event-block';
import { firstPage, idsIn } from './event-range';
import { groupNameIn } from './group-name';
import { type LogsRequest, PAGE_EVENTS } from './requests';
import { type LogStore, laterOf } from './store';

/**
 * Events of one stream, oldest first. The answer always has both tokens; a token equal to the one in the request means
 * the end of the stream in that direction (CloudWatch Logs API Reference, GetLogEvents).
 */
export function getLogEvents(store: LogStore, request: LogsRequest<'GetLogEvents'>) {
  const { logGroupName } = store.group(groupNameIn(request));
  const { logStreamName } = store.stream(logGroupName, request.logStreamName);
  const { limit = PAGE_EVENTS } = request;
  const token = request.nextToken === undefined ? undefined : readToken(request.nextToken);
  const forward = token ? token.direction === 'f' : request.startFromHead === true;
  const range = forward ? after(idsIn(request), token?.eventId) : upTo(idsIn(request), token?.eventId);
  const place = { groupName: logGroupName, streamName: logStreamName };
  const page = firstPage(store.events(place, { ...range, reverse: !forward }), limit);
  if (!forward) page.reverse();

  // A token is a place between events: forward the id after the last event returned, backward the first one's own id.
  const here = token?.eventId ?? eventId(0, 0);
  const [first, last] = [page[0], page.at(-1)];
  return {
    events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${last ? following(last.eventId) : here}/s`,
    nextBackwardToken: `b/${first ? first.eventId : here}/s`,
  };
}

const after = ({ from = '', ...range }: EventRange, id = ''): EventRange => ({
  ...range,
  from: laterOf(from, id),
});

const upTo = ({ before, ...range }: EventRange, id = before): EventRange => ({
  ...range,
  ...(id !== undefined && { before: before !== undefined && before < id ? before : id }),
});

const following = (id: string) => (BigInt(id) + 1n).toString().padStart(56, '0');

function readToken(token: string): { readonly direction: string; readonly eventId: string } {
  const [, direction, id] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (direction === undefined || id === undefined) throw invalidNextToken();
  return { direction, eventId: id };
}
