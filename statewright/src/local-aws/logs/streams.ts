import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import { groupNameIn } from './group-name';
import { logsPage } from './paging';
import type { LogsRequest } from './requests';
import type { LogStore, LogStream } from './store';

export function createLogStream(store: LogStore, request: LogsRequest<'CreateLogStream'>): void {
  const { logGroupName } = store.group(request.logGroupName);
  const { logStreamName } = request;
  if (store.findStream(logGroupName, logStreamName)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  store.addStream({ logGroupName, logStreamName, creationTime: store.context.clock.now() });
}

export function deleteLogStream(store: LogStore, request: LogsRequest<'DeleteLogStream'>): void {
  const stream = store.stream(request.logGroupName, request.logStreamName);
  store.deleteStream(stream.logGroupName, stream.logStreamName);
}

export function describeLogStreams(store: LogStore, request: LogsRequest<'DescribeLogStreams'>) {
  const { logGroupName } = store.group(groupNameIn(request));
  const byTime = request.orderBy === 'LastEventTime';
  if (byTime && request.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const streams = store
    .streams(logGroupName)
    .filter(({ logStreamName }) => logStreamName.startsWith(request.logStreamNamePrefix ?? ''))
    .map((stream) => describe(store, stream));
  // Streams without events count as the oldest. The sort is stable, so that equal times stay in order of name.
  if (byTime) streams.sort((a, b) => (a.lastEventTimestamp ?? -1) - (b.lastEventTimestamp ?? -1));
  if (request.descending) streams.reverse();
  const { items, nextToken } = logsPage(streams, request);
  return { logStreams: items, ...(nextToken === undefined ? {} : { nextToken }) };
}

function describe(store: LogStore, { logGroupName, logStreamName, creationTime }: LogStream) {
  const events = store.events(logGroupName, logStreamName);
  const [first, last] = [events[0], events.at(-1)];
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
