import { LogsService } from '../../../src/local-aws/logs/logs-service';
import { awsErrorOf, testContext } from '../context';
import { logsAt, logsWith, NOW, write } from './support';

const seconds = NOW / 1000;
const request = (queryString: string, more: object = {}) => ({
  logGroupName: 'group',
  startTime: seconds - 3600,
  endTime: seconds,
  queryString,
  ...more,
});

/** The answer of a query when it has ended. */
async function answerOf(logs: LogsService, queryString: string, more: object = {}) {
  const { queryId } = logs.startQuery(request(queryString, more));
  for (;;) {
    const answer = logs.getQueryResults({ queryId });
    if (answer.status !== 'Running') return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The rows of a query, each as its values without the pointer to the event. */
const rowsOf = async (logs: LogsService, queryString: string, more: object = {}) =>
  (await answerOf(logs, queryString, more)).results.map((row) =>
    row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [value])),
  );

const ID = '00000000-0000-4000-8000-00000000000';
const lines = [
  '{"level":"info","order":{"id":"a","total":5},"ok":true}',
  '{"level":"error","order":{"id":"b","total":10},"code":"E1"}',
  '{"level":"error","order":{"id":"c","total":2.5},"items":[{"name":"pen"}]}',
  'plain text, not JSON',
];

test('without fields, a query shows the time and the message, the newest first', async () => {
  const { logs } = logsWith(['one', 'two']);
  expect(await answerOf(logs, 'limit 1')).toEqual({
    queryLanguage: 'CWLI',
    status: 'Complete',
    statistics: { recordsMatched: 1, recordsScanned: 1 },
    results: [
      [
        { field: '@timestamp', value: '2026-01-01 00:00:00.000' },
        { field: '@message', value: 'two' },
        { field: '@ptr', value: expect.any(String) },
      ],
    ],
  });
  expect(await rowsOf(logs, '# all\nfields @message')).toEqual([['two'], ['one']]);
  expect(await rowsOf(logs, 'fields @message', { endTime: seconds - 1 })).toEqual([['one']]);
  expect(await rowsOf(logs, 'fields @message', { limit: 1 })).toEqual([['two']]);
});

test.each<[string, string[][]]>([
  ['fields order.id, code | filter level = "error"', [['c'], ['b', 'E1']]],
  ['filter level != "error" | fields order.id as id', [[], ['a']]],
  ['filter order.total >= 5 and not (order.id = "a") | fields order.id', [['b']]],
  [
    'filter order.id in ["a", "c"] or @message like "plain" | fields @message | limit 1',
    [['plain text, not JSON']],
  ],
  ['filter @message like /(?i)PLAIN/ | fields @logStream', [['stream']]],
  ['filter @message =~ /^plain/ | fields @log', [['123456789012:group']]],
  ['filter @message not like /level/ | fields @message', [['plain text, not JSON']]],
  ['filter ispresent(items.0.name) | fields items.0.name', [['pen']]],
  ['filter ispresent(order.id) | fields order.id, ok | sort order.total desc', [['b'], ['a', '1'], ['c']]],
  ['fields order.total as total | filter total > 2 | sort total | display total | limit 2', [['2.5'], ['5']]],
  ['stats count(*) by level | sort level', [['1'], ['error', '2'], ['info', '1']]],
  [
    'stats count(code) as codes, sum(order.total), avg(order.total), min(order.total), max(order.total)',
    [['1', '17.5', String(17.5 / 3), '2.5', '10']],
  ],
  [
    'stats count() as n by bin(1m) as minute | sort n desc',
    [
      ['2025-12-31 23:59:00.000', '3'],
      ['2026-01-01 00:00:00.000', '1'],
    ],
  ],
  [
    'stats count(@timestamp) by bin(1h) as hour | sort hour | display hour | limit 1',
    [['2025-12-31 23:00:00.000']],
  ],
  ['filter level = "info" | stats count(@timestamp), max(@timestamp)', [['1', String(NOW - 3000)]]],
  ['stats count(*) as n by level | filter n > 1 | display level', [['error']]],
  ['sort order.total desc | filter level = "error" | fields order.id | limit 1', [['b']]],
  ['sort order.total | sort level desc | fields order.id as id | limit 3', [['a'], ['c'], ['b']]],
  ['sort order.total desc | limit 2 | stats min(order.total)', [['5']]],
])('%s', async (query, expected) => {
  const { logs } = logsWith(lines);
  expect(await rowsOf(logs, query)).toEqual(expected);
});

test("the fields of Lambda's own lines are known", async () => {
  const { logs } = logsWith([
    `START RequestId: ${ID}1 Version: $LATEST`,
    `2026-01-01T00:00:00.000Z\t${ID}1\tINFO\thello`,
    `REPORT RequestId: ${ID}1\tDuration: 12.5 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\tInit Duration: 100.5 ms`,
  ]);
  expect(
    await rowsOf(
      logs,
      'filter @type = "REPORT" | fields @duration, @billedDuration, @memorySize, @maxMemoryUsed, @initDuration',
    ),
  ).toEqual([['12.5', '13', '128000000', '60000000', '100.5']]);
  expect(await rowsOf(logs, 'stats count(*) by @requestId')).toEqual([[`${ID}1`, '3']]);
});

test('several groups are read in order of time, and more events than are read at once', async () => {
  const { logs } = logsAt();
  for (const logGroupName of ['group', 'other']) logs.createLogGroup({ logGroupName });
  write(
    logs,
    'stream',
    Array.from({ length: 2500 }, (_, at) => `group ${at}`),
  );
  logs.createLogStream({ logGroupName: 'other', logStreamName: 's' });
  logs.putLogEvents({
    logGroupName: 'other',
    logStreamName: 's',
    logEvents: [{ timestamp: NOW - 500, message: 'other' }],
  });
  const both = { logGroupName: undefined, logGroupNames: ['group', 'other'] };
  expect(await rowsOf(logs, 'fields @message | limit 3', both)).toEqual([
    ['group 2499'],
    ['other'],
    ['group 2498'],
  ]);
  expect(await rowsOf(logs, 'stats count(*)', both)).toEqual([['2501']]);
});

test('of many events, the first ones in another order are shown', async () => {
  const { logs } = logsWith(Array.from({ length: 3000 }, (_, at) => `{"n":${(at * 37) % 3000}}`));
  expect(await rowsOf(logs, 'fields n | sort n desc | limit 3')).toEqual([['2999'], ['2998'], ['2997']]);
  expect(await rowsOf(logs, 'fields n | sort n', { limit: 2 })).toEqual([['0'], ['1']]);
  expect(await rowsOf(logs, 'stats count(*) as c by n | sort n desc | limit 1')).toEqual([['2999', '1']]);
});

test('events of a deleted stream are not found', async () => {
  const { logs } = logsWith(['kept']);
  write(logs, 'other', ['deleted', 'deleted']);
  logs.deleteLogStream({ logGroupName: 'group', logStreamName: 'other' });
  expect(await rowsOf(logs, 'fields @message')).toEqual([['kept']]);
});

test('a query whose result is too large fails, with a warning', async () => {
  const { logs, warnings } = logsWith(['one']);
  const message = 'x'.repeat(1_000_000);
  for (let i = 0; i < 21; i++) {
    logs.putLogEvents({
      logGroupName: 'group',
      logStreamName: 'stream',
      logEvents: [{ timestamp: NOW, message }],
    });
  }
  expect(await answerOf(logs, 'fields @message')).toMatchObject({ status: 'Failed', results: [] });
  expect(warnings).toEqual([expect.stringMatching(/fields @message.* failed\. .*20 MB/)]);
  expect(await rowsOf(logs, 'stats count(*)')).toEqual([['22']]);
});

test('at most 30 queries run at once, until the service is closed', async () => {
  const waiting = new Promise<void>(() => {});
  const logs = new LogsService(
    testContext({ clock: { now: () => NOW, setTimer: () => () => {}, nextTurn: () => waiting } }),
  );
  logs.createLogGroup({ logGroupName: 'group' });
  const start = () => logs.startQuery(request('limit 1'));
  const { queryId } = start();
  for (let i = 1; i < 30; i++) start();
  expect(await awsErrorOf(start)).toBe(
    'LimitExceededException: Account maximum query concurrency limit of [30] reached.',
  );
  logs.stopQuery({ queryId });
  start();
  logs.close();
  expect(logs.describeQueries({ status: 'Running' }).queries).toEqual([]);
});

test('queries are listed, and are stopped while they run', async () => {
  const { logs } = logsWith(lines);
  const { queryId } = logs.startQuery(request('fields @message'));
  expect(logs.stopQuery({ queryId })).toEqual({ success: true });
  expect(logs.getQueryResults({ queryId })).toMatchObject({ status: 'Cancelled', results: [] });
  expect(await awsErrorOf(() => logs.stopQuery({ queryId }))).toMatch(
    /^InvalidParameterException: .*Cancelled$/,
  );
  await answerOf(logs, 'limit 1');
  expect(logs.describeQueries({ logGroupName: 'group' }).queries).toMatchObject([
    { queryString: 'limit 1', status: 'Complete', createTime: NOW, logGroupName: 'group' },
    { queryId, status: 'Cancelled' },
  ]);
  expect(logs.describeQueries({ status: 'Running' }).queries).toEqual([]);
});

test.each<[string, string, RegExp]>([
  [
    'another command',
    'parse @message "*" as x',
    /does not run the command parse\. It runs fields, display, /,
  ],
  ['a function', 'fields strlen(@message)', /does not know the function strlen/],
  ['another function of stats', 'stats pct(@duration, 95)', /does not know pct in stats/],
  ['a condition without an end', 'filter level =', /unexpected end of the query: expected a value/],
  [
    'a condition without a comparison',
    'filter level "error"',
    /unexpected symbol found error: expected a comparison/,
  ],
  ['an invalid regular expression', 'filter @message like /(/', /is not a regular expression/],
  ['a limit of 0', 'limit 0', /limit must be a number from 1 to 10000/],
  ['a symbol', 'fields @message ; limit 1', /unexpected symbol found ; at position 16/],
  ['a condition that is nested too deeply', `filter ${'('.repeat(5000)}`, /at most 500 parentheses/],
  [
    'a name that hides a field of a sort',
    'sort level | fields code as level',
    /code as level has the name of a field that sort uses before/,
  ],
  ['text after a command', 'limit 1 2', /unexpected symbol found 2: expected \|/],
])('%s is a malformed query', async (_, queryString, expected) => {
  const { logs } = logsWith(['one']);
  const error = await awsErrorOf(() => logs.startQuery(request(queryString)));
  expect(error).toMatch(/^MalformedQueryException: /);
  expect(error).toMatch(expected);
});

test.each<[string, object, RegExp]>([
  ['an unknown group', { logGroupName: 'none' }, /^ResourceNotFoundException/],
  ['no group', { logGroupName: undefined }, /^InvalidParameterException: .* must have one of/],
  [
    'two ways to name groups',
    { logGroupNames: ['group'] },
    /^InvalidParameterException: .* must have one of/,
  ],
  ['an end before the start', { endTime: 0 }, /^InvalidParameterException: startTime/],
  ['SQL', { queryLanguage: 'SQL' }, /^InvalidParameterException: .*CWLI/],
])('%s is refused', async (_, more, expected) => {
  const { logs } = logsWith(['one']);
  expect(await awsErrorOf(() => logs.startQuery(request('limit 1', more)))).toMatch(expected);
});
