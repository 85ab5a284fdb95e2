import { handlerZip, isRunning, localLambda, until, zip } from './support';

describe('invoke', () => {
  const { lambda, create, call, timers, logged } = localLambda({
    maxEnvironments: 2,
  });
  afterAll(() => lambda.close());

  test("returns the handler's result as JSON text", async () => {
    create('echo', 'return event');
    const answer = await lambda.invoke({ FunctionName: 'echo', Payload: '{"a": [1, "é", null]}' });
    expect(answer).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: '{"a":[1,"é",null]}' });
  });

  test.each([
    ['{}', undefined],
    ['{}', ''],
    ['null', 'null'],
    ['"text"', '"text"'],
  ])('gives the handler %s for %j', async (expected, Payload) => {
    const answer = await lambda.invoke({ FunctionName: 'echo', ...(Payload !== undefined && { Payload }) });
    expect(answer.Payload).toBe(expected);
  });

  test('accepts and returns large payloads', async () => {
    const event = 'x'.repeat(6_000_000);
    expect((await call('echo', event)).value).toBe(event);
  });

  test.each([
    ['{"a":', 'InvalidRequestContentException', 'Could not parse request body into json', {}],
    [
      `"${'x'.repeat(6_291_456)}"`,
      'RequestEntityTooLargeException',
      'RequestResponse invocation type (limit 6291456 bytes)',
      {},
    ],
    [
      `"${'x'.repeat(1_048_576)}"`,
      'RequestEntityTooLargeException',
      'Event invocation type (limit 1048576 bytes)',
      { InvocationType: 'Event' },
    ],
    ['{}', 'ValidationException', "at 'invocationType'", { InvocationType: 'Later' as 'Event' }],
    ['{}', 'ValidationException', "at 'logType'", { LogType: 'Head' as 'Tail' }],
    ['{}', 'InvalidRequestContentException', 'Client context', { ClientContext: 'x' }],
    ['{}', 'ResourceNotFoundException', 'Function not found', { Qualifier: '9' }],
  ] as const)('refuses %.20s with %s', async (Payload, code, message, more) => {
    await expect(lambda.invoke({ FunctionName: 'echo', Payload, ...more })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('passes the handler a context', async () => {
    create('context', 'return { ...context, left: context.getRemainingTimeInMillis() }', { Timeout: 30 });
    const client = { custom: { a: '1' } };
    const { value } = await call(
      'context',
      {},
      {
        ClientContext: Buffer.from(JSON.stringify(client)).toString('base64'),
      },
    );
    expect(value).toEqual({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientContext: client,
      functionName: 'context',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:context',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/context',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      left: expect.any(Number),
    });
    expect(value.left).toBeGreaterThan(0);
    expect(value.left).toBeLessThanOrEqual(30_000);
  });

  test("shows the function its own environment variables, and none of this process's", async () => {
    process.env.AWS_PROFILE = 'mine';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    create('env', 'return { env: process.env, cwd: process.cwd(), files: require("fs").readdirSync(".") }', {
      Environment: { Variables: { GREETING: 'hello', TZ: 'Mars' } },
    });
    lambda.servedAt('http://127.0.0.1:4566');
    const { value } = await call('env');
    delete process.env.AWS_PROFILE;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(value.env).toEqual({
      _HANDLER: 'index.handler',
      _X_AMZN_TRACE_ID: expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ),
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/env',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      GREETING: 'hello',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LAMBDA_TASK_ROOT: value.cwd,
      LANG: 'en_US.UTF-8',
      PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
      TMPDIR: expect.any(String),
      TZ: 'Mars',
    });
    expect(value.files).toEqual(['index.js']);
  });

  test.each([
    ['CommonJS', { 'index.js': 'exports.handler = async () => "ok"' }, {}],
    ['a .cjs file', { 'index.cjs': 'exports.handler = async () => "ok"' }, {}],
    ['an .mjs file', { 'index.mjs': 'export const handler = async () => "ok"' }, {}],
    [
      'a package of modules',
      { 'index.js': 'export const handler = async () => "ok"', 'package.json': '{"type":"module"}' },
      {},
    ],
    ['a default export', { 'index.mjs': 'export default { handler: async () => "ok" }' }, {}],
    [
      'a module in a folder',
      { 'src/index.js': 'exports.a = { b: () => "ok" }' },
      { Handler: 'src/index.a.b' },
    ],
    ['a return without a promise', { 'index.js': 'exports.handler = () => "ok"' }, {}],
    [
      'a callback',
      { 'index.js': 'exports.handler = (e, c, done) => { setTimeout(done, 1, null, "ok") }' },
      { Runtime: 'nodejs22.x' },
    ],
    [
      'a callback that does not wait for the rest',
      {
        'index.js':
          'exports.handler = (e, c, done) => { setTimeout(() => {}, 60000); c.callbackWaitsForEmptyEventLoop = false; done(null, "ok") }',
      },
      { Runtime: 'nodejs22.x' },
    ],
    [
      'a callback that waits for the rest',
      {
        'index.js':
          'const answer = {}; exports.handler = (e, c, done) => { setTimeout(() => { answer.toJSON = () => "ok" }, 5); done(null, answer) }',
      },
      { Runtime: 'nodejs20.x' },
    ],
    [
      'context.succeed',
      { 'index.js': 'exports.handler = (e, c) => c.succeed("ok")' },
      { Runtime: 'nodejs20.x' },
    ],
  ])('runs %s', async (name, files, more) => {
    const FunctionName = name.replaceAll(/\W/g, '-');
    create(FunctionName, zip(files), more);
    expect(await call(FunctionName)).toMatchObject({ value: 'ok' });
  });

  test('returns null when an old handler does not call its callback', async () => {
    create('silent', zip({ 'index.js': 'exports.handler = () => "ignored"' }), { Runtime: 'nodejs22.x' });
    expect((await call('silent')).value).toBeNull();
  });

  test('keeps an environment warm, with its state', async () => {
    const body = 'globalThis.count = (globalThis.count ?? 0) + 1; return [globalThis.count, process.pid]';
    create('counter', body);
    const first = await call('counter');
    const second = await call('counter');
    expect(second.value).toEqual([2, first.value[1]]);
    expect([first.log, second.log].map((log) => /\tInit Duration: /.test(log))).toEqual([true, false]);
  });

  test.each([
    [
      'its code',
      () =>
        lambda.updateFunctionCode({ FunctionName: 'fresh', ZipFile: handlerZip('return [process.pid, 2]') }),
    ],
    [
      'its configuration',
      () => lambda.updateFunctionConfiguration({ FunctionName: 'fresh', MemorySize: 192 }),
    ],
  ])('uses a new environment when %s changes', async (_, change) => {
    create('fresh', 'return [process.pid, 1]');
    const before = (await call('fresh')).value;
    change();
    const after = (await call('fresh')).value;
    expect(after[0]).not.toBe(before[0]);
    await until(() => !isRunning(before[0]));
    lambda.deleteFunction({ FunctionName: 'fresh' });
  });

  test('only checks, for a dry run', async () => {
    expect(await lambda.invoke({ FunctionName: 'echo', InvocationType: 'DryRun' })).toEqual({
      StatusCode: 204,
      ExecutedVersion: '$LATEST',
      Payload: '',
    });
  });

  test('answers at once for an event, and tries it three times in total', async () => {
    create('unlucky', 'console.log("try"); throw new Error("again")');
    const tries = (count: number) =>
      until(() => logged('unlucky').filter((line) => line.startsWith('REPORT')).length === count);
    const answer = await lambda.invoke({ FunctionName: 'unlucky', InvocationType: 'Event' });
    expect(answer).toEqual({ StatusCode: 202, ExecutedVersion: '$LATEST', Payload: '' });
    const delays = [];
    for (const count of [1, 2, 3]) {
      await tries(count);
      delays.push(...timers.fire());
    }
    expect(delays).toEqual([60_000, 120_000]);
    const ids = logged('unlucky').flatMap((line) => /^START RequestId: (\S+)/.exec(line)?.[1] ?? []);
    expect(new Set(ids).size).toBe(1);
  });

  test('retries an event with the code of that time', async () => {
    create('fixed', 'throw new Error("not yet")');
    await lambda.invoke({ FunctionName: 'fixed', InvocationType: 'Event' });
    await until(() => logged('fixed').some((line) => line.startsWith('REPORT')));
    lambda.updateFunctionCode({ FunctionName: 'fixed', ZipFile: handlerZip('console.log("fixed")') });
    timers.fire();
    await until(() => logged('fixed').some((line) => line.includes('\tINFO\tfixed')));
    expect(timers.fire()).toEqual([]);
  });

  test('traces each invocation of a function with active tracing', async () => {
    create('traced', 'return process.env._X_AMZN_TRACE_ID', { TracingConfig: { Mode: 'Active' } });
    const traces = [await call('traced'), await call('traced')].map(({ value, log }) => {
      const [, root, parent] = /^Root=(\S+);Parent=(\S+);Sampled=1$/.exec(value) ?? [];
      expect(log).toContain(`\t\nXRAY TraceId: ${root}\tSegmentId: ${parent}\tSampled: true\t\n`);
      return root;
    });
    expect(new Set(traces).size).toBe(2);
  });
});
