import { gunzipSync } from 'node:zlib';
import { SystemClock } from '../../../src/engine';
import { Account } from '../../../src/local-aws/account';
import type { SubscriptionDestinations } from '../../../src/local-aws/logs/deliver-events';
import { LogsService } from '../../../src/local-aws/logs/logs-service';
import { testContext } from '../context';
import { allow, trust, zipOf } from '../http/harness';

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** Each function logs into the group of its name. */
function logsWithFunctions(...functions: string[]) {
  const sent: [arn: string, payload: string][] = [];
  const allowed = new Set(functions.map(functionArn));
  const destinations: SubscriptionDestinations = {
    isFunction: (arn) => arn.includes(':lambda:'),
    mayInvoke: (arn) => allowed.has(arn),
    logGroupOf: (arn) => arn.split(':')[6],
    invoke: async (...call) => sent.push(call),
  };
  const logs = new LogsService(testContext({ clock: new SystemClock() }), undefined, destinations);
  for (const logGroupName of ['app', ...functions]) {
    logs.createLogGroup({ logGroupName });
    logs.createLogStream({ logGroupName, logStreamName: 's' });
  }
  const subscribe = (logGroupName: string, name: string, filterPattern = '') =>
    logs.putSubscriptionFilter({
      logGroupName,
      filterName: `to-${name}`,
      filterPattern,
      destinationArn: functionArn(name),
    });
  const batch = (logGroupName: string, messages: string[]) => ({
    logGroupName,
    logStreamName: 's',
    logEvents: messages.map((message) => ({ timestamp: Date.now(), message })),
  });
  return {
    logs,
    sent,
    allowed,
    subscribe,
    put: (logGroupName: string, ...messages: string[]) => logs.putLogEvents(batch(logGroupName, messages)),
    /** What a function writes to its own log. */
    log: (name: string, ...messages: string[]) => logs.putFunctionLog(batch(name, messages), name),
    messages: () => sent.map(([, payload]) => contentOf(payload).logEvents.map(({ message }) => message)),
  };
}

interface Content {
  readonly logEvents: readonly {
    readonly id: string;
    readonly timestamp: number;
    readonly message: string;
  }[];
}

const contentOf = (payload: string): Content =>
  JSON.parse(gunzipSync(Buffer.from(JSON.parse(payload).awslogs.data, 'base64')).toString());

let warnings: string[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((text) => void warnings.push(String(text)));
});
afterEach(() => jest.restoreAllMocks());

test('a filter is created, replaced, described and deleted', () => {
  const { logs, subscribe } = logsWithFunctions('ship');
  subscribe('app', 'ship', 'ERROR');
  subscribe('app', 'ship', 'WARN');
  const kept = {
    filterName: 'to-ship',
    logGroupName: 'app',
    filterPattern: 'WARN',
    destinationArn: functionArn('ship'),
    distribution: 'ByLogStream',
    applyOnTransformedLogs: false,
    creationTime: expect.any(Number),
  };
  expect(logs.describeSubscriptionFilters({ logGroupName: 'app' })).toEqual({ subscriptionFilters: [kept] });
  expect(logs.describeSubscriptionFilters({ logGroupName: 'app', filterNamePrefix: 'x' })).toEqual({
    subscriptionFilters: [],
  });
  logs.deleteSubscriptionFilter({ logGroupName: 'app', filterName: 'to-ship' });
  expect(() => logs.deleteSubscriptionFilter({ logGroupName: 'app', filterName: 'to-ship' })).toThrow(
    'The specified subscription filter does not exist.',
  );
});

test('a log group has at most two', () => {
  const { subscribe } = logsWithFunctions('a', 'b', 'c');
  subscribe('app', 'a');
  subscribe('app', 'b');
  expect(() => subscribe('app', 'c')).toThrow(expect.objectContaining({ code: 'LimitExceededException' }));
});

test('the function must allow it, and must not be the one whose log it is', () => {
  const { subscribe, allowed } = logsWithFunctions('a');
  expect(() => subscribe('a', 'a')).toThrow(
    'The log group provided is reserved for the function logs of the destination function.',
  );
  allowed.clear();
  expect(() => subscribe('app', 'a')).toThrow(
    'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  );
});

test('a stream of Kinesis is kept, and any other destination is refused', () => {
  const { logs, put, sent } = logsWithFunctions();
  const filter = { logGroupName: 'app', filterName: 'f', filterPattern: '' };
  const destinationArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
  logs.putSubscriptionFilter({ ...filter, destinationArn, roleArn: 'arn:aws:iam::123456789012:role/r' });
  put('app', 'x');
  expect(sent).toEqual([]);
  expect(() => logs.putSubscriptionFilter({ ...filter, destinationArn: 'x' })).toThrow(
    'Invalid destination ARN.',
  );
});

describe('delivery', () => {
  test('is the base64 of gzipped JSON, with the events that match', () => {
    const { put, subscribe, sent } = logsWithFunctions('ship');
    subscribe('app', 'ship', 'ERROR');
    put('app', 'ERROR one', 'fine', 'ERROR two');
    put('app', 'fine');
    expect(sent).toHaveLength(1);
    const [[arn, payload] = ['', '']] = sent;
    expect(arn).toBe(functionArn('ship'));
    expect(contentOf(payload)).toEqual({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: 'app',
      logStream: 's',
      subscriptionFilters: ['to-ship'],
      logEvents: ['ERROR one', 'ERROR two'].map((message) => ({
        id: expect.stringMatching(/^\d{56}$/),
        timestamp: expect.any(Number),
        message,
      })),
    });
  });

  test('of a large batch is several', () => {
    const { put, subscribe, sent, messages } = logsWithFunctions('ship');
    subscribe('app', 'ship');
    const random = () => Array.from({ length: 100_000 }, () => Math.random().toString(36)[3]).join('');
    const lines = Array.from({ length: 5 }, random);
    put('app', ...lines);
    expect(sent.length).toBeGreaterThan(1);
    for (const [, payload] of sent) expect(payload.length).toBeLessThanOrEqual(262_144);
    expect(messages().flat()).toEqual(lines);
  });

  test('ends when the function no longer allows it, with one warning', () => {
    const { put, subscribe, sent, allowed } = logsWithFunctions('ship');
    subscribe('app', 'ship');
    allowed.clear();
    put('app', 'x');
    put('app', 'y');
    expect(sent).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining("the function's policy does not let logs.amazonaws.com invoke it"),
    ]);
  });

  test("never leads back to the function's own lines: other lines of the group are delivered", () => {
    const { put, log, subscribe, messages } = logsWithFunctions('a', 'b');
    subscribe('a', 'b');
    log('a', 'from a');
    subscribe('b', 'a');
    log('a', 'again');
    log('b', 'from b');
    put('a', 'from elsewhere');
    expect(messages()).toEqual([['from a'], ['from elsewhere']]);
    expect(warnings).toEqual([
      expect.stringContaining('these are lines of the function a'),
      expect.stringContaining('these are lines of the function b'),
    ]);
  });
});

test('a function receives the lines of another one', async () => {
  const account = new Account({ accountId: '123456789012' });
  const { lambda, logs, iam } = account;
  iam.createRole({ RoleName: 'f', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  iam.putRolePolicy({ RoleName: 'f', PolicyName: 'p', PolicyDocument: allow('logs:*') });
  const create = (FunctionName: string, body: string) =>
    lambda.createFunction({
      FunctionName,
      Role: 'arn:aws:iam::123456789012:role/f',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: zipOf(`exports.handler = async (event) => { ${body} };`) },
    });
  create('order', "console.log('ERROR no stock');");
  create(
    'ship',
    `const { gunzipSync } = require('node:zlib');
     const { logEvents, logGroup } = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')));
     console.log('received', logGroup, logEvents[0].message.split('\\t').at(-1));`,
  );
  const logGroupName = '/aws/lambda/order';
  logs.createLogGroup({ logGroupName });
  lambda.addPermission({
    FunctionName: 'ship',
    StatementId: 'logs',
    Action: 'lambda:InvokeFunction',
    Principal: 'logs.amazonaws.com',
    SourceArn: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:*`,
  });
  logs.putSubscriptionFilter({
    logGroupName,
    filterName: 'errors',
    filterPattern: 'ERROR',
    destinationArn: functionArn('ship'),
  });
  const received = new Promise((resolve) => {
    const { putFunctionLog } = logs;
    jest.spyOn(logs, 'putFunctionLog').mockImplementation((request, name) => {
      const line = request.logEvents.find(({ message }) => message.includes('received'));
      if (name === 'ship' && line) resolve(line.message);
      return putFunctionLog(request, name);
    });
  });
  await lambda.invoke({ FunctionName: 'order' });
  expect(await received).toContain(`received ${logGroupName} ERROR no stock`);
  await account.close();
});
