import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import type { LogEvent } from './event-block';
import { groupNameIn } from './group-name';
import { logsPage } from './paging';
import type { LogStream } from './records';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

export function createLogStream(store: LogStore, request: LogsRequest<'CreateLogStream'>): void {
  const { logGroupName } = store.group(request.logGroupName);
  const { logStreamName } = request;
  if (store.findStream(logGroupName, logStreamName)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  store.addStream({ logGroupName, logStreamName, creationTime: store.context.clock.now() });
}

export function deleteLogStream(store: LogStore, request: LogsRequest<'DeleteLogStream'>): void {
  store.deleteStream(store.stream(request.logGroupName, request.logStreamName));
}

export function describeLogStreams(store: LogStore, request: LogsRequest<'DescribeLogStreams'>) {
  const { logGroupName } = store.group(groupNameIn(request));
  const byTime = request.orderBy === 'LastEventTime';
  if (byTime && request.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const found = store
    .streams(logGroupName)
    .filter(({ logStreamName }) => logStreamName.startsWith(request.logStreamNamePrefix ?? ''));
  const streams = byTime ? inOrderOfTime(store, found) : found;
  if (request.descending) streams.reverse();
  const { items, nextToken } = logsPage(streams, request);
  return {
    logStreams: items.map((stream) => describe(store, stream)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** Streams without events count as the oldest. The sort is stable, so that equal times stay in order of name. */
function inOrderOfTime(store: LogStore, streams: readonly LogStream[]): LogStream[] {
  const last = new Map(streams.map((stream) => [stream, edgeOf(store, stream, 'last')?.timestamp ?? -1]));
  const timeOf = (stream: LogStream) => last.get(stream) ?? -1;
  return [...streams].sort((a, b) => timeOf(a) - timeOf(b));
}

/** The first or the last event of a stream. */
function edgeOf(
  store: LogStore,
  { logGroupName, logStreamName }: LogStream,
  edge: 'first' | 'last',
): LogEvent | undefined {
  const place = { groupName: logGroupName, streamName: logStreamName };
  const [event] = store.events(place, { reverse: edge === 'last' });
  return event;
}

function describe(store: LogStore, stream: LogStream) {
  const { logGroupName, logStreamName, creationTime } = stream;
  const [first, last] = [edgeOf(store, stream, 'first'), edgeOf(store, stream, 'last')];
  const arn = store.arn(logGroupName, logStreamName);
  if (!first || !last) return { logStreamName, creationTime, arn, storedBytes: 0 };
  return {
    logStreamName,
    creationTime,
    firstEventTimestamp: first.timestamp,
    lastEventTimestamp: last.timestamp,
    lastIngestionTime: last.ingestionTime,
    arn,
    // AWS stopped counting the bytes of a stream in 2019 and returns 0.
    storedBytes: 0,
  };
}
