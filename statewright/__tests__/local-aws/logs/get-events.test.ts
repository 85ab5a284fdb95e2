import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogsService } from '../../../src/local-aws/logs/logs-service';
import { openStore, type Store } from '../../../src/local-aws/persistence/store';
import { logsAt, logsWith, NOW } from './support';

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

describe.each(['in memory', 'on disk'])('lines of the same time, %s', (place) => {
  const two = ['one', 'two'];
  let folder: string;
  let store: Store;
  let logs: LogsService;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'get-events-'));
    store = await openStore(folder);
    ({ logs } = logsAt(NOW, place === 'on disk' ? store.openTable : undefined));
    logs.createLogGroup({ logGroupName: 'group' });
    for (const logStreamName of two) logs.createLogStream({ logGroupName: 'group', logStreamName });
    for (const timestamp of [NOW - 1, NOW, NOW - 1]) {
      for (const logStreamName of two) {
        const logEvents = ['a', 'b', 'c'].map((letter) => ({
          timestamp,
          message: `${timestamp - NOW}${letter}${logStreamName} `,
        }));
        logs.putLogEvents({ logGroupName: 'group', logStreamName, logEvents });
      }
    }
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  /** The pages of a stream in one direction, until the token stays the same. */
  function pages(limit: number, direction: 'nextForwardToken' | 'nextBackwardToken'): string[] {
    const all: string[] = [];
    let token: string | undefined;
    for (;;) {
      const page = logs.getLogEvents({
        ...{ logGroupName: 'group', logStreamName: 'one', limit },
        ...(token === undefined ? { startFromHead: direction === 'nextForwardToken' } : { nextToken: token }),
      });
      if (page[direction] === token) return all;
      token = page[direction];
      all.push(page.events.map(({ message }) => message).join(''));
    }
  }
  const all = '-1aone -1bone -1cone -1aone -1bone -1cone 0aone 0bone 0cone ';

  test.each([1, 2, 3, 4, 5, 100])('are read in pages of %d in both directions', (limit) => {
    expect(pages(limit, 'nextForwardToken').join('')).toBe(all);
    expect(pages(limit, 'nextBackwardToken').reverse().join('')).toBe(all);
  });

  test.each([1, 2, 4, 100])('are searched in pages of %d, also those of several streams', (limit) => {
    const search = (request: object) => {
      const found: string[] = [];
      let nextToken: string | undefined;
      do {
        const more = nextToken === undefined ? {} : { nextToken };
        const page = logs.filterLogEvents({ logGroupName: 'group', limit, ...request, ...more });
        found.push(...page.events.map(({ message }) => message));
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      return found;
    };
    const group = search({});
    expect(group).toHaveLength(18);
    expect(group.slice(0, 6).join('')).toBe('-1aone -1bone -1cone -1atwo -1btwo -1ctwo ');
    expect(search({ logStreamNames: two })).toEqual(group);
    expect(search({ logStreamNames: ['one'] }).join('')).toBe(all);
    expect(search({ startTime: NOW, endTime: NOW })).toEqual(group.slice(12));
    expect(search({ endTime: NOW - 1 })).toEqual(group.slice(0, 12));
  });

  test('have ids that stay the same', () => {
    const ids = () => logs.filterLogEvents({ logGroupName: 'group' }).events.map(({ eventId }) => eventId);
    expect(new Set(ids()).size).toBe(18);
    expect(ids()).toEqual(ids());
    expect(ids()).toEqual([...ids()].sort());
  });
});
