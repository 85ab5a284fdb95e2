import { logsWith, NOW } from './support';

const stream = { logGroupName: 'group', logStreamName: 'stream' };
const messages = ['1', '2', '3', '4', '5'];

function getter(logs: ReturnType<typeof logsWith>['logs']) {
  return (request: object = {}) => {
    const { events, ...tokens } = logs.getLogEvents({ ...stream, ...request });
    return { ...tokens, text: events.map(({ message }) => message).join('') };
  };
}

describe('getLogEvents', () => {
  const { logs } = logsWith(messages);
  const get = getter(logs);

  test('returns timestamp, message and ingestion time', () => {
    expect(logs.getLogEvents({ ...stream, limit: 1 }).events).toEqual([
      { timestamp: NOW, message: '5', ingestionTime: NOW },
    ]);
  });

  test('starts from the end, or from the head on request', () => {
    expect(get({ limit: 2 }).text).toBe('45');
    expect(get({ limit: 2, startFromHead: true }).text).toBe('12');
  });

  test('goes forward to the end, where the token stays the same', () => {
    const first = get({ limit: 3, startFromHead: true });
    const second = get({ limit: 3, nextToken: first.nextForwardToken });
    const third = get({ limit: 3, nextToken: second.nextForwardToken });
    expect([first.text, second.text, third.text]).toEqual(['123', '45', '']);
    expect(third.nextForwardToken).toBe(second.nextForwardToken);
  });

  test('goes backward to the head, where the token stays the same', () => {
    const first = get({ limit: 3 });
    const second = get({ limit: 3, nextToken: first.nextBackwardToken });
    const third = get({ limit: 3, nextToken: second.nextBackwardToken });
    expect([first.text, second.text, third.text]).toEqual(['345', '12', '']);
    expect(third.nextBackwardToken).toBe(second.nextBackwardToken);
  });

  test('returns new events for the forward token', () => {
    const { logs } = logsWith(messages);
    const get = getter(logs);
    const { nextForwardToken } = get({ startFromHead: true });
    logs.putLogEvents({ ...stream, logEvents: [{ timestamp: NOW, message: '6' }] });
    expect(get({ nextToken: nextForwardToken }).text).toBe('6');
  });

  test('filters by a range of time that excludes its end', () => {
    expect(get({ startTime: NOW - 3000, endTime: NOW - 1000 }).text).toBe('23');
  });

  test('accepts the ARN of the group', () => {
    const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:group';
    const { logStreamName } = stream;
    expect(logs.getLogEvents({ logGroupIdentifier: arn, logStreamName }).events).toHaveLength(5);
    expect(() => logs.getLogEvents({ logGroupIdentifier: `${arn}:*`, logStreamName })).toThrow(
      expect.objectContaining({
        code: 'InvalidParameterException',
        message: expect.stringContaining("at 'logGroupIdentifier' failed to satisfy constraint"),
      }),
    );
  });

  test('takes a name or an identifier, not both', () => {
    expect(() => logs.getLogEvents({ ...stream, logGroupIdentifier: stream.logGroupName })).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
      }),
    );
  });

  test.each([
    [{ nextToken: 'f/forged/s' }, 'The specified nextToken is invalid.'],
    [{ limit: 10_001 }, 'less than or equal to 10000'],
    [{ limit: 0 }, 'greater than or equal to 1'],
    [{ logStreamName: 'other' }, 'The specified log stream does not exist.'],
    [{ logGroupName: 'other' }, 'The specified log group does not exist.'],
  ])('refuses %j', (request, expected) => {
    expect(() => get(request)).toThrow(expected);
  });

  test('returns at most a megabyte at once, but at least one event', () => {
    const { logs } = logsWith(['a'.repeat(700_000), 'b'.repeat(300_000)]);
    logs.putLogEvents({ ...stream, logEvents: [{ timestamp: NOW, message: 'c'.repeat(900_000) }] });
    const get = getter(logs);
    const first = get({ startFromHead: true });
    expect(first.text).toHaveLength(1_000_000);
    expect(get({ nextToken: first.nextForwardToken }).text).toHaveLength(900_000);
  });
});
