import { logsWith, NOW } from './support';

const HOUR = 3_600_000;
const stream = { logGroupName: 'group', logStreamName: 'stream' };

describe('putLogEvents', () => {
  test('rejects events that are too old or too new, and says so', () => {
    const { logs } = logsWith(['first']);
    const times = [NOW - 15 * 24 * HOUR, NOW + HOUR, NOW + 3 * HOUR];
    expect(
      logs.putLogEvents({ ...stream, logEvents: [{ timestamp: times[0] ?? 0, message: 'old' }] }),
    ).toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } });
    expect(
      logs.putLogEvents({
        ...stream,
        logEvents: [
          { timestamp: times[1] ?? 0, message: 'soon' },
          { timestamp: times[2] ?? 0, message: 'new' },
        ],
      }),
    ).toMatchObject({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } });
    expect(logs.getLogEvents(stream).events.map(({ message }) => message)).toEqual(['first', 'soon']);
  });

  test('rejects events older than the retention period', () => {
    const { logs } = logsWith(['first']);
    logs.putRetentionPolicy({ logGroupName: 'group', retentionInDays: 1 });
    expect(
      logs.putLogEvents({ ...stream, logEvents: [{ timestamp: NOW - 25 * HOUR, message: 'old' }] }),
    ).toMatchObject({ rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } });
  });

  test.each([
    ['no events', [], 'greater than or equal to 1'],
    ['an empty message', [''], 'must not be empty'],
    ['more than a megabyte', ['x'.repeat(1_048_576)], 'Upload too large'],
  ])('refuses %s', (_, messages, expected) => {
    const { logs } = logsWith(['first']);
    const logEvents = messages.map((message) => ({ timestamp: NOW, message }));
    expect(() => logs.putLogEvents({ ...stream, logEvents })).toThrow(expected);
  });

  test('refuses events out of order, and events more than a day apart', () => {
    const { logs } = logsWith(['first']);
    const put = (...times: number[]) =>
      logs.putLogEvents({ ...stream, logEvents: times.map((timestamp) => ({ timestamp, message: 'x' })) });
    expect(() => put(NOW, NOW - 1)).toThrow('must be in chronological order');
    expect(() => put(NOW - 25 * HOUR, NOW)).toThrow('cannot span more than 24 hours');
  });

  test('keeps events of one stream in order of time, not of arrival', () => {
    const { logs } = logsWith(['now']);
    logs.putLogEvents({ ...stream, logEvents: [{ timestamp: NOW - 1, message: 'before' }] });
    logs.putLogEvents({ ...stream, logEvents: [{ timestamp: NOW, message: 'same time, later' }] });
    expect(logs.getLogEvents(stream).events.map(({ message }) => message)).toEqual([
      'before',
      'now',
      'same time, later',
    ]);
  });
});
