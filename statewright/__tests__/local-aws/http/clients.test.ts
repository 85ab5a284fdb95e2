import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type LocalAws, startLocalAws } from './harness';

/** Requests in the forms in which some SDKs and tools send them. */
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

async function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Promise<{ status: number | undefined; body: string }> {
  const outgoing = request(aws.server.url + path, { method, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});
const target = { 'x-amz-target': 'Logs_20140328.CreateLogGroup' };

describe('a compressed body', () => {
  test('of a JSON and of a REST request', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    const created = await send(
      'POST',
      '/',
      { ...target, ...gzip },
      gzipSync('{"logGroupName":"compressed"}'),
    );
    expect(created.status).toBe(200);
    expect(aws.account.logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName)).toEqual([
      'compressed',
    ]);
    const refused = await send('POST', '/2015-03-31/functions', gzip, gzipSync('{"FunctionName":"a"}'));
    expect(refused.body).toContain("Value null at 'role'");
  });

  test('is not that of an S3 object, whose encoding is its own', async () => {
    const content = gzipSync('content');
    await send('PUT', '/bucket/key', { ...signedFor('s3'), 'content-encoding': 'gzip' }, content);
    expect(aws.account.objects.getObject('bucket', 'key').body).toEqual(content);
  });

  test.each([
    ['is not compressed', Buffer.from('{}'), 400, 'SerializationException'],
    ['is too large', gzipSync(Buffer.alloc(7_000_000)), 413, 'RequestEntityTooLargeException'],
  ])('that %s is refused', async (_, body, status, code) => {
    const answer = await send('POST', '/', { ...target, 'content-encoding': 'gzip' }, body);
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(code)]);
  });
});

test('the address ::1, where the machine has it', async () => {
  const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
  const endpoint = `http://[::1]:${new URL(aws.server.url).port}`;
  const listed = new SFNClient({ ...aws.client, endpoint, maxAttempts: 1 }).send(
    new ListStateMachinesCommand({}),
  );
  if (hasIpv6) expect((await listed).stateMachines).toEqual([]);
  else await expect(listed).rejects.toThrow();
});

test('an endpoint with a path', async () => {
  const settings = { ...aws.client, endpoint: `${aws.server.url}/some/path` };
  expect((await new SFNClient(settings).send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
  expect((await new LambdaClient(settings).send(new ListFunctionsCommand({}))).Functions).toEqual([]);
  expect((await new IAMClient(settings).send(new ListRolesCommand({}))).Roles).toEqual([]);
});

test.each(['sync', 'stream', 'streaming'])('the prefix %s- before the host', async (prefix) => {
  const headers = { ...target, host: `${prefix}-localhost` };
  expect((await send('POST', '/', headers, `{"logGroupName":"${prefix}"}`)).status).toBe(200);
});

describe('a Query request with its members in the URL', () => {
  const query = 'Action=GetCallerIdentity&Version=2011-06-15';
  const account = expect.stringContaining('<Account>123456789012</Account>');

  test.each([
    ['GET', `/?${query}`, signedFor('sts')],
    ['POST', `/?${query}`, signedFor('sts')],
    [
      'GET',
      `/?${query}&X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Signature=00`,
      {},
    ],
  ])('%s %s', async (method, path, headers) => {
    expect(await send(method, path, headers as Record<string, string>)).toEqual({
      status: 200,
      body: account,
    });
  });
});

describe('what is not implemented has the name of the service in the signature', () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      'sts',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Action=DecodeAuthorizationMessage',
      'sts:DecodeAuthorizationMessage',
    ],
    [
      'cloudformation',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Action=ListStacks',
      'cloudformation:ListStacks',
    ],
    ['sns', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=ListRoles', 'sns:ListRoles'],
    ['kms', { 'x-amz-target': 'TrentService.CreateKey' }, '{}', 'kms:CreateKey'],
  ])('%s', async (service, headers, body, name) => {
    const answer = await send('POST', '/', { ...signedFor(service), ...headers }, body);
    expect(answer.status).toBe(501);
    expect(answer.body).toContain(`The local AWS does not implement ${name}.`);
  });

  test('and how it can be passed on, for a service that is not here', async () => {
    const sqs = await send(
      'POST',
      '/',
      { ...signedFor('sqs'), 'x-amz-target': 'AmazonSQS.SendMessage' },
      '{}',
    );
    expect(sqs.body).toContain('--upstream URL or --endpoint sqs=URL');
    const states = await send(
      'POST',
      '/',
      { ...signedFor('states'), 'x-amz-target': 'AWSStepFunctions.Sing' },
      '{}',
    );
    expect(states.body).not.toContain('--upstream');
  });
});
