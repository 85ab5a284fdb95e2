import type { Authorize } from '../../../src/local-aws/account-context';
import { localLambda, ROLE } from './support';

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const ID = '[0-9a-f-]{36}';

describe("a function's log", () => {
  const { lambda, logs, create, call, logged } = localLambda({ maxEnvironments: 2 });
  afterAll(() => lambda.close());

  test('is found by the invocation', async () => {
    create('found', 'console.log("one")');
    const RequestId = '00000000-0000-4000-8000-000000000001';
    await call('found', {}, { RequestId });
    await call('found');
    const { logStreamName = '', ...place } = lambda.invocationLog(RequestId) ?? {};
    const { events } = logs.filterLogEvents({
      logGroupName: '/aws/lambda/found',
      ...place,
      logStreamNames: [logStreamName],
    });
    const lines = events.map(({ message }) => message.split(' ')[0]);
    expect(lines.slice(0, 4)).toEqual(['INIT_START', 'START', expect.stringContaining('one'), 'END']);
    expect(lambda.invocationLog('another')).toBeUndefined();
  });

  test('takes many lines at once, in order, and shows the end of them', async () => {
    create('many', "for (let i = 0; i < 5000; i++) console.log('line ' + i);", { Timeout: 60 });
    const { LogResult = '' } = await lambda.invoke({ FunctionName: 'many', LogType: 'Tail' });
    const tail = Buffer.from(LogResult, 'base64').toString();
    expect(tail).toHaveLength(4096);
    expect(tail).toContain('line 4999');
    const numbers = logged('many').flatMap((line) => /line (\d+)/.exec(line)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)));
  }, 60_000);

  test('is plain text', async () => {
    create(
      'text',
      `console.log('hello %s', 'world', { a: [1] });
       console.info('several\\nlines');
       console.warn('warned');
       console.error(new Error('seen'));
       console.debug('debugged');
       process.stdout.write('raw\\n');`,
    );
    await call('text');
    await call('text');
    const lines = [
      String.raw`INIT_START Runtime Version: nodejs:\d+\.\d+\.\d+\n`,
      String.raw`START RequestId: ${ID} Version: \$LATEST\n`,
      String.raw`${TIME}\t${ID}\tINFO\thello world \{ a: \[ 1 \] \}\n`,
      String.raw`${TIME}\t${ID}\tINFO\tseveral\nlines\n`,
      String.raw`${TIME}\t${ID}\tWARN\twarned\n`,
      String.raw`${TIME}\t${ID}\tERROR\tError: seen\n    at .*\(/var/task/index.js:\d+:\d+\)\n(.*\n)*`,
      String.raw`${TIME}\t${ID}\tDEBUG\tdebugged\n`,
      'raw\n',
      String.raw`END RequestId: ${ID}\n`,
      String.raw`REPORT RequestId: ${ID}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n`,
    ];
    const first = logged('text').slice(0, 10);
    // Standard output is a separate channel: its order relative to the console's lines may differ.
    const order = (messages: readonly string[]) => [...messages.filter((m) => m !== 'raw\n'), 'raw\n'];
    order(lines).forEach((line, at) => {
      expect(order(first)[at]).toMatch(new RegExp(`^${line}$`));
    });
    expect(logged('text').at(-1)).toMatch(/\tMax Memory Used: \d+ MB\t\n$/);
    expect(logged('text').filter((line) => line.startsWith('INIT_START'))).toHaveLength(1);
  });

  test('is JSON when configured so, from its level up', async () => {
    create(
      'json',
      'console.log({ a: 1 }); console.debug("no"); console.error("failed", new TypeError("x"))',
      {
        LoggingConfig: { LogFormat: 'JSON' },
      },
    );
    await call('json');
    expect(logged('json').map((line) => JSON.parse(line))).toEqual([
      {
        time: expect.any(String),
        type: 'platform.initStart',
        record: expect.objectContaining({ phase: 'init' }),
      },
      {
        time: expect.any(String),
        type: 'platform.start',
        record: {
          requestId: expect.any(String),
          functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:json',
          version: '$LATEST',
        },
      },
      { timestamp: expect.any(String), level: 'INFO', requestId: expect.any(String), message: { a: 1 } },
      {
        timestamp: expect.any(String),
        level: 'ERROR',
        requestId: expect.any(String),
        message: expect.stringMatching(/^failed TypeError: x\n/),
        errorType: 'TypeError',
        errorMessage: 'x',
        stackTrace: expect.arrayContaining(['TypeError: x']),
      },
      {
        time: expect.any(String),
        type: 'platform.report',
        record: {
          requestId: expect.any(String),
          status: 'success',
          metrics: {
            durationMs: expect.any(Number),
            billedDurationMs: expect.any(Number),
            memorySizeMB: 128,
            maxMemoryUsedMB: expect.any(Number),
            initDurationMs: expect.any(Number),
          },
        },
      },
    ]);
  });

  test('reports failures in JSON', async () => {
    create('wrong', 'process.exit(1)', { LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' } });
    await call('wrong');
    expect(logged('wrong').map((line) => JSON.parse(line))).toMatchObject([
      { type: 'platform.runtimeDone', record: { status: 'error', errorType: 'Runtime.ExitError' } },
      { type: 'platform.report', record: { status: 'error', errorType: 'Runtime.ExitError' } },
    ]);
  });

  test('goes to the group of its configuration, one stream for each environment', async () => {
    create('elsewhere', '', { LoggingConfig: { LogGroup: 'shared' } });
    await call('elsewhere');
    await call('elsewhere');
    const { logStreams } = logs.describeLogStreams({ logGroupName: 'shared' });
    expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual([
      expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    ]);
    expect(logs.describeLogGroups({ logGroupNamePrefix: '/aws/lambda/elsewhere' }).logGroups).toEqual([]);
  });

  test('is created again after it was deleted', async () => {
    create('erased', 'console.log("here")');
    await call('erased');
    logs.deleteLogGroup({ logGroupName: '/aws/lambda/erased' });
    await call('erased');
    await call('erased');
    expect(logged('erased').join('')).toContain('here');
  });

  test('returns its last 4 KB on request', async () => {
    create('talker', 'console.log("x".repeat(5000)); console.log("end")');
    const { log } = await call('talker');
    expect(Buffer.byteLength(log)).toBe(4096);
    expect(log).toMatch(/\tINFO\tend\nEND .*\nREPORT .*\n$/);
    expect(await lambda.invoke({ FunctionName: 'talker' })).not.toHaveProperty('LogResult');
  });

  test('accepts lines of any length', async () => {
    create('endless', 'console.log("#".repeat(300000)); process.stdout.write("@".repeat(300000))');
    await call('endless');
    const text = logged('endless').join('');
    expect(text.match(/#/g)).toHaveLength(300_000);
    expect(text.match(/@/g)).toHaveLength(300_000);
  });
});

describe("a function's role", () => {
  const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/asks';

  /** Runs a function whose role allows some actions, and returns what was checked and what was logged. */
  async function run(allowed: readonly string[], withGroup: boolean) {
    const asked: unknown[] = [];
    const authorize: Authorize = (request) => {
      asked.push(request);
      return allowed.includes(request.action) ? { allowed: true } : { allowed: false, message: 'no' };
    };
    const { lambda, logs, create, call } = localLambda({ authorize });
    if (withGroup) logs.createLogGroup({ logGroupName: '/aws/lambda/asks' });
    create('asks', 'return "ok"');
    const { value, log } = await call('asks');
    await lambda.close();
    const { logGroups } = logs.describeLogGroups();
    return { asked, value, log, groups: logGroups.length, bytes: logGroups[0]?.storedBytes };
  }

  test('is checked for each step, and allows all of them', async () => {
    const { asked, groups, bytes } = await run(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      false,
    );
    const stream = expect.stringMatching(/:log-group:\/aws\/lambda\/asks:log-stream:\d{4}\/.*$/);
    const session = { roleArn: ROLE, sessionName: 'asks' };
    expect(asked).toEqual([
      { ...session, action: 'logs:CreateLogStream', resource: stream },
      { ...session, action: 'logs:CreateLogGroup', resource: `${GROUP}:log-stream:` },
      { ...session, action: 'logs:PutLogEvents', resource: stream },
    ]);
    expect([groups, bytes]).toEqual([1, expect.any(Number)]);
    expect(bytes).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', [], true],
    ['no group, and none exists', ['logs:CreateLogStream', 'logs:PutLogEvents'], false],
    ['no stream', ['logs:CreateLogGroup', 'logs:PutLogEvents'], true],
    ['streams without events', ['logs:CreateLogGroup', 'logs:CreateLogStream'], true],
  ])('that may make %s loses the log, and the function runs', async (_, allowed, withGroup) => {
    const { value, log, groups, bytes } = await run(allowed, withGroup);
    expect(value).toBe('ok');
    expect(log).toContain('REPORT');
    expect([groups, bytes]).toEqual(withGroup ? [1, 0] : [0, undefined]);
  });
});
