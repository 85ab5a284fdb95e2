import { logsAt, NOW, write } from './support';

function twoStreams() {
  const { logs } = logsAt();
  logs.createLogGroup({ logGroupName: 'group' });
  write(logs, 'a', ['a1', 'a2', 'a3']);
  write(logs, 'b', ['b1', 'b2', 'b3']);
  const filter = (request: object = {}) => logs.filterLogEvents({ logGroupName: 'group', ...request });
  const text = (request: object = {}) => filter(request).events.map(({ message }) => message);
  return { logs, filter, text };
}

describe('filterLogEvents', () => {
  test('returns the events of all streams in order of time', () => {
    const { filter, text } = twoStreams();
    expect(text()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    expect(filter({ limit: 1 }).events).toEqual([
      {
        logStreamName: 'a',
        timestamp: NOW - 2000,
        message: 'a1',
        ingestionTime: NOW,
        eventId: expect.stringMatching(/^\d{56}$/),
      },
    ]);
  });

  test('filters by stream name or prefix', () => {
    const { text } = twoStreams();
    expect(text({ logStreamNames: ['b'] })).toEqual(['b1', 'b2', 'b3']);
    expect(text({ logStreamNamePrefix: 'a' })).toEqual(['a1', 'a2', 'a3']);
    expect(() => text({ logStreamNames: ['a'], logStreamNamePrefix: 'a' })).toThrow('mutually exclusive');
    expect(() => text({ logStreamNames: ['c'] })).toThrow('The specified log stream does not exist.');
  });

  test('filters by a range of time that includes its end', () => {
    const { text } = twoStreams();
    expect(text({ startTime: NOW - 1000, endTime: NOW - 1000 })).toEqual(['a2', 'b2']);
  });

  test('filters by a pattern', () => {
    expect(twoStreams().text({ filterPattern: '?a2 ?b3' })).toEqual(['a2', 'b3']);
  });

  test('returns pages that neither repeat nor lose an event, even while others arrive', () => {
    const { logs, filter } = twoStreams();
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const answer = filter({ limit: 2, nextToken });
      seen.push(...answer.events.map(({ message }) => message));
      nextToken = answer.nextToken;
      const late = { timestamp: NOW - 1500, message: 'late' };
      logs.putLogEvents({ logGroupName: 'group', logStreamName: 'a', logEvents: [late] });
    } while (nextToken !== undefined);
    expect(seen.filter((message) => message !== 'late')).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    expect(() => filter({ nextToken: 'forged' })).toThrow('The specified nextToken is invalid.');
  });

  test('returns the same id for an event every time', () => {
    const { filter } = twoStreams();
    const ids = () => filter().events.map(({ eventId }) => eventId);
    expect(new Set(ids()).size).toBe(6);
    expect(ids()).toEqual(ids());
  });

  test('looks at a part of a large group in one call, and continues with the token', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: 'group' });
    for (let stream = 0; stream < 4; stream++) {
      write(logs, `${stream}`, Array(9_999).fill('x'.repeat(50)));
    }
    write(logs, 'last', ['needle']);
    const request = { logGroupName: 'group', filterPattern: 'needle' };
    const first = logs.filterLogEvents(request);
    expect(first).toEqual({ events: [], searchedLogStreams: [], nextToken: expect.any(String) });

    let answer = first;
    let calls = 1;
    for (; answer.nextToken !== undefined; calls++) {
      answer = logs.filterLogEvents({ ...request, nextToken: answer.nextToken });
    }
    expect(calls).toBe(4);
    expect(answer.events).toMatchObject([{ message: 'needle' }]);
  });
});
