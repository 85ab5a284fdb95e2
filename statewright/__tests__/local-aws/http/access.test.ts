import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { awsSource, createConsole } from '../../../src/console';
import { Account } from '../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { trust, zipOf } from './harness';

const accessKeyId = 'LOCAL0123456789ABCDEF0123456789ABCDEF';
let account: Account;
let server: RunningServer;
beforeAll(async () => {
  account = new Account();
  const pages = createConsole(awsSource(account));
  server = await startServer(account, {
    accessKeyOf: () => accessKeyId,
    pages: (request) => pages.fetch(request),
  });
  account.iam.createRole({ RoleName: 'f', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  account.lambda.createFunction({
    FunctionName: 'f',
    Role: 'arn:aws:iam::000000000000:role/f',
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: {
      ZipFile: zipOf(
        'exports.handler = () => [process.env.AWS_ENDPOINT_URL, process.env.AWS_ACCESS_KEY_ID];',
      ),
    },
  });
});
afterAll(async () => {
  await server.close();
  await account.close();
});

const settings = (id: string) => ({
  endpoint: server.url,
  region: 'us-east-1',
  credentials: { accessKeyId: id, secretAccessKey: 'local' },
  maxAttempts: 3,
});

describe('the APIs', () => {
  const calls: [string, string, (id: string) => Promise<unknown>][] = [
    [
      'Step Functions',
      'UnrecognizedClientException',
      (id) => new SFNClient(settings(id)).send(new ListStateMachinesCommand()),
    ],
    [
      'CloudWatch Logs',
      'UnrecognizedClientException',
      (id) => new CloudWatchLogsClient(settings(id)).send(new DescribeLogGroupsCommand()),
    ],
    [
      'Lambda',
      'UnrecognizedClientException',
      (id) => new LambdaClient(settings(id)).send(new ListFunctionsCommand()),
    ],
    ['IAM', 'InvalidClientTokenId', (id) => new IAMClient(settings(id)).send(new ListRolesCommand())],
  ];

  test.each(calls)('%s takes the access key, and no other', async (_, code, call) => {
    await call(accessKeyId);
    await expect(call('local')).rejects.toMatchObject({
      name: code,
      message: expect.stringContaining('eval "$(npx statewright env --port '),
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
    await expect(call(accessKeyId.slice(0, -1))).rejects.toMatchObject({ name: code });
  });

  test.each<[string, string, RequestInit, string]>([
    [
      'a form',
      '/',
      { method: 'POST', body: new URLSearchParams('Action=ListRoles') },
      'MissingAuthenticationToken<',
    ],
    [
      'JSON',
      '/',
      { method: 'POST', body: '{}', headers: { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' } },
      'MissingAuthenticationTokenException',
    ],
    ['a path of Lambda', '/2015-03-31/functions', {}, 'not signed'],
    ['a package', '/2015-03-31/functions/f/code', {}, 'not signed'],
  ])('refuse %s that is not signed', async (_, path, request, text) => {
    const answer = await fetch(server.url + path, request);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining(text)]);
  });

  test('S3 refuses another key in its own words', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/s3/aws4_request, Signature=0';
    const answer = await fetch(`${server.url}/bucket/key`, { headers: { authorization } });
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('<Code>InvalidAccessKeyId</Code>'),
    ]);
  });

  test('the address that GetFunction gives needs no signature', async () => {
    const client = new LambdaClient(settings(accessKeyId));
    const { Code } = await client.send(new GetFunctionCommand({ FunctionName: 'f' }));
    const answer = await fetch(Code?.Location ?? '');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  });

  test('that address lets nobody do anything else', async () => {
    const { Code } = await new LambdaClient(settings(accessKeyId)).send(
      new GetFunctionCommand({ FunctionName: 'f' }),
    );
    expect(Code?.Location).not.toContain(accessKeyId);
    const { search } = new URL(Code?.Location ?? '');
    expect((await fetch(`${server.url}/2015-03-31/functions${search}`)).status).toBe(403);
  });

  test('a function has credentials of its role, and not the key', async () => {
    const { Payload } = await account.lambda.invoke({ FunctionName: 'f' });
    const key = expect.stringMatching(/^ASIA[A-Z2-7]{16}$/);
    expect(JSON.parse(Payload as string)).toEqual([server.url, key]);
  });

  test('the key of the console is not the key of the APIs', async () => {
    const key = new URL(server.consoleUrl).searchParams.get('key') as string;
    const cookie = (await fetch(server.consoleUrl, { redirect: 'manual' })).headers.get(
      'set-cookie',
    ) as string;
    const headers = { cookie: cookie.split(';')[0] as string };
    const answer = await fetch(`${server.url}/2015-03-31/functions`, { headers });
    expect(answer.status).toBe(403);
    const call = new SFNClient(settings(key)).send(new ListStateMachinesCommand());
    await expect(call).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});

describe('the console', () => {
  test('opens with the key of its address, and from then on with a cookie', async () => {
    const entered = await fetch(server.consoleUrl, { redirect: 'manual' });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/console']);
    const [pair = '', ...attributes] = entered.headers.get('set-cookie')?.split('; ') ?? [];
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax']));
    for (const path of ['/', '/console', '/console/assets/console.js']) {
      expect((await fetch(server.url + path, { headers: { cookie: pair } })).status).toBe(200);
    }
  });

  test.each(['/', '/console', '/console?key=', '/console?key=wrong', '/console/assets/console.js'])(
    'does not open without them: %s',
    async (path) => {
      const answer = await fetch(server.url + path, { headers: { cookie: 'statewright-x=y' } });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
      expect(await answer.text()).toContain('"statewright local" printed');
    },
  );

  test('starts nothing without them', async () => {
    const answer = await fetch(`${server.url}/console/state-machines/m/executions`, {
      method: 'POST',
      body: new URLSearchParams('input={}'),
    });
    expect(answer.status).toBe(403);
  });
});
