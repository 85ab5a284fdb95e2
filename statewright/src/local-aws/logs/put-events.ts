import { invalidParameter } from './errors';
import type { EventBlock } from './event-block';
import type { InputLogEvent, LogsRequest } from './requests';
import type { LogStore } from './store';

const HOUR = 3_600_000;
/** In bytes: the overhead of an event in addition to its message, and the largest request. */
export const EVENT_OVERHEAD = 26;
export const BATCH_BYTES = 1_048_576;

/**
 * Writes events to a stream. Events more than two hours ahead, more than 14 days old or older than the group's
 * retention are rejected, and the answer says which (CloudWatch Logs API Reference, PutLogEvents).
 * @param onKept receives the events that were not rejected, as they are kept
 */
export function putLogEvents(
  store: LogStore,
  request: LogsRequest<'PutLogEvents'>,
  onKept: (blocks: readonly EventBlock[]) => void = () => {},
) {
  const stream = store.stream(request.logGroupName, request.logStreamName);
  checkBatch(request.logEvents);
  const now = store.context.clock.now();
  const { retentionInDays } = store.group(stream.logGroupName);
  const expired = retentionInDays === undefined ? 0 : store.oldestKept(retentionInDays);

  // Events are in order of time, so each kind of rejected events is one range.
  const tooOld = request.logEvents.filter(({ timestamp }) => timestamp < now - 14 * 24 * HOUR).length;
  const expiredCount = request.logEvents.filter(({ timestamp }) => timestamp < expired).length;
  const tooNew = request.logEvents.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR);
  const accepted = request.logEvents.slice(
    Math.max(tooOld, expiredCount),
    tooNew === -1 ? undefined : tooNew,
  );
  onKept(store.addEvents(stream, accepted));

  const rejected = {
    ...(tooNew === -1 ? {} : { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
    ...(expiredCount <= tooOld ? {} : { expiredLogEventEndIndex: expiredCount }),
  };
  return {
    nextSequenceToken: `${store.arrivals}`.padStart(56, '0'),
    ...(Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected }),
  };
}

function checkBatch(events: readonly InputLogEvent[]): void {
  if (events.some(({ message }) => message === '')) {
    throw invalidParameter('Log event message must not be empty.');
  }
  if (events.some(({ timestamp }, at) => timestamp < (events[at - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD, 0);
  if (bytes > BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES}`);
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > 24 * HOUR) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
}
