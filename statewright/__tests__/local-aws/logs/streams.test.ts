import { logsAt, NOW, write } from './support';

function threeStreams() {
  const { logs } = logsAt();
  logs.createLogGroup({ logGroupName: 'group' });
  write(logs, 'b/late', ['1', '2']);
  logs.createLogStream({ logGroupName: 'group', logStreamName: 'a/empty' });
  logs.createLogStream({ logGroupName: 'group', logStreamName: 'a/early' });
  logs.putLogEvents({
    logGroupName: 'group',
    logStreamName: 'a/early',
    logEvents: [{ timestamp: NOW - 5000, message: 'x' }],
  });
  const names = (request: object = {}) =>
    logs.describeLogStreams({ logGroupName: 'group', ...request }).logStreams.map((s) => s.logStreamName);
  return { logs, names };
}

describe('log streams', () => {
  test('are described with the times of their events', () => {
    const { logs } = threeStreams();
    expect(logs.describeLogStreams({ logGroupName: 'group', logStreamNamePrefix: 'b' }).logStreams).toEqual([
      {
        logStreamName: 'b/late',
        creationTime: NOW,
        firstEventTimestamp: NOW - 1000,
        lastEventTimestamp: NOW,
        lastIngestionTime: NOW,
        arn: 'arn:aws:logs:us-east-1:123456789012:log-group:group:log-stream:b/late',
        storedBytes: 0,
      },
    ]);
  });

  test('are listed by name or by the time of their last event, in both directions', () => {
    const { names } = threeStreams();
    expect(names()).toEqual(['a/early', 'a/empty', 'b/late']);
    expect(names({ descending: true })).toEqual(['b/late', 'a/empty', 'a/early']);
    expect(names({ orderBy: 'LastEventTime' })).toEqual(['a/empty', 'a/early', 'b/late']);
    expect(names({ orderBy: 'LastEventTime', descending: true, limit: 1 })).toEqual(['b/late']);
    expect(names({ logStreamNamePrefix: 'a/' })).toEqual(['a/early', 'a/empty']);
  });

  test('are listed in pages', () => {
    const { logs, names } = threeStreams();
    const { nextToken } = logs.describeLogStreams({ logGroupName: 'group', limit: 2 });
    expect(names({ limit: 2, nextToken })).toEqual(['b/late']);
  });

  test('cannot be ordered by time and filtered by name at once', () => {
    const { names } = threeStreams();
    expect(() => names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' })).toThrow(
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
  });

  test('are unique, and are deleted with their events', () => {
    const { logs, names } = threeStreams();
    const stream = { logGroupName: 'group', logStreamName: 'b/late' };
    expect(() => logs.createLogStream(stream)).toThrow('The specified log stream already exists');
    logs.deleteLogStream(stream);
    expect(names()).toEqual(['a/early', 'a/empty']);
    logs.createLogStream(stream);
    expect(logs.getLogEvents(stream).events).toEqual([]);
    expect(() => logs.deleteLogStream({ ...stream, logStreamName: 'gone' })).toThrow(
      'The specified log stream does not exist.',
    );
  });

  test.each(['a:b', 'a*', ''])('refuse the name %j', (logStreamName) => {
    const { logs } = threeStreams();
    expect(() => logs.createLogStream({ logGroupName: 'group', logStreamName })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    );
  });
});

test.each<[string, (logs: ReturnType<typeof logsAt>['logs'], name: string) => unknown]>([
  ['CreateLogStream', (logs, logStreamName) => logs.createLogStream({ logGroupName: 'a', logStreamName })],
  [
    'DescribeLogStreams',
    (logs, logStreamNamePrefix) => logs.describeLogStreams({ logGroupName: 'a', logStreamNamePrefix }),
  ],
  [
    'FilterLogEvents',
    (logs, name) => logs.filterLogEvents({ logGroupName: 'a', logStreamNames: ['b', name] }),
  ],
])('%s refuses names of streams with a colon or an asterisk', (_, call) => {
  const { logs } = logsAt();
  logs.createLogGroup({ logGroupName: 'a' });
  for (const name of ['a:b', 'a*', '', 'x'.repeat(513)]) {
    expect(() => call(logs, name)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
  }
});
