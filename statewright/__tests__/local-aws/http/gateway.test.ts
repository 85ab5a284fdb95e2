import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { sign } from 'aws4';
import { Account } from '../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { upstreams } from '../../../src/local-aws/upstream';

const credentials = { accessKeyId: 'emulator', secretAccessKey: 'its secret' };

/** What the emulator has received. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let received: Received[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let emulator: Server;
let account: Account;
let server: RunningServer;

beforeAll(async () => {
  emulator = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    received.push({ method, path, headers, body: await text(incoming) });
    answer(incoming, response);
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  const { port } = emulator.address() as AddressInfo;
  account = new Account({
    upstreamOf: upstreams({
      upstream: `http://127.0.0.1:${port}/base/`,
      endpoints: ['kms=http://127.0.0.1:1', 'apigateway=aws'],
      credentials,
    }),
  });
  server = await startServer(account);
});
afterAll(async () => {
  await server.close();
  await account.close();
  emulator.close();
});
beforeEach(() => {
  received = [];
  answer = (_, response) => response.end('{}');
});

interface Sent {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Promise<Sent> {
  const outgoing = request(server.url + path, { method, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (await buffer(response)).toString(),
  };
}

const signedFor = (service: string, region = 'eu-west-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});

/** Whether a request has the signature that its receiver computes from it. */
function hasValidSignature({ method, path, headers }: Received, service: string, region: string) {
  const [, names = ''] = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? '') ?? [];
  const signedHeaders = Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])]));
  const { headers: again } = sign({ method, path, headers: signedHeaders, service, region }, credentials);
  return again?.Authorization === headers.authorization;
}

test('a request is passed on as it is, signed anew for the same service and region', async () => {
  answer = (_, response) =>
    response.writeHead(400, { 'x-amzn-requestid': 'its id', 'x-amzn-errortype': 'E' }).end('{"a":1}');
  const answered = await send(
    'POST',
    '/',
    { ...signedFor('sqs'), 'x-amz-target': 'AmazonSQS.SendMessage', 'x-amz-security-token': 'local' },
    '{"QueueUrl":"q"}',
  );
  expect(answered).toMatchObject({
    status: 400,
    headers: { 'x-amzn-requestid': 'its id', 'x-amzn-errortype': 'E' },
    body: '{"a":1}',
  });
  const [got] = received as [Received];
  expect(got).toMatchObject({
    method: 'POST',
    path: '/base/',
    body: '{"QueueUrl":"q"}',
    headers: { 'x-amz-target': 'AmazonSQS.SendMessage', host: new URL(server.url).host },
  });
  expect(got.headers['x-amz-security-token']).toBeUndefined();
  expect(got.headers.authorization).toContain('Credential=emulator/');
  expect(got.headers['x-amz-content-sha256']).toBe(createHash('sha256').update(got.body).digest('hex'));
  expect(got.headers['content-type']).toBeUndefined();
  expect(hasValidSignature(got, 'sqs', 'eu-west-1')).toBe(true);
});

test.each([
  ['with the hash of its body', { 'x-amz-content-sha256': 'ab'.repeat(32) }, 'ab'.repeat(32)],
  ['without', {}, 'UNSIGNED-PAYLOAD'],
])('an object is sent as a stream, %s', async (_, headers, hash) => {
  await send('PUT', '/bucket/a%20b%2Bc?x-id=PutObject', { ...signedFor('s3'), ...headers }, 'content');
  const [got] = received as [Received];
  expect(got).toMatchObject({
    path: '/base/bucket/a%20b%2Bc?x-id=PutObject',
    body: 'content',
    headers: { 'x-amz-content-sha256': hash, 'content-length': '7' },
  });
  expect(hasValidSignature(got, 's3', 'eu-west-1')).toBe(true);
});

test('an object in signed chunks is sent without the chunks', async () => {
  const chunk = (content: string) => `${content.length.toString(16)};chunk-signature=00\r\n${content}\r\n`;
  const body = `${chunk('a'.repeat(70_000))}${chunk('rest')}0;chunk-signature=00\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`;
  await send(
    'PUT',
    '/bucket/key',
    {
      ...signedFor('s3'),
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '70004',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'content-encoding': 'gzip,aws-chunked',
    },
    body,
  );
  const [got] = received as [Received];
  expect(got.body).toBe(`${'a'.repeat(70_000)}rest`);
  expect(got.headers).toMatchObject({
    'content-length': '70004',
    'content-encoding': 'gzip',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  });
  expect(got.headers['x-amz-trailer']).toBeUndefined();
});

test.each([
  [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=local%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=00&partNumber=1',
  ],
  ['AWSAccessKeyId=local&Signature=00&Expires=1&partNumber=1'],
])('a presigned URL: %s', async (query) => {
  await send('GET', `/bucket/key?${query}`, {});
  const [got] = received as [Received];
  expect(got.path).toBe('/base/bucket/key?partNumber=1');
  expect(got.headers.authorization).toContain('Credential=emulator/');
});

test('a bucket in the host', async () => {
  await send('GET', '/key', { ...signedFor('s3'), host: 'bucket.localhost' });
  expect(received[0]?.path).toBe('/base/bucket/key');
});

test('what an answer begins with arrives before its end, which a client need not wait for', async () => {
  let ended: Promise<unknown> | undefined;
  answer = (_, response) => {
    ended = once(response, 'close');
    response.write('first');
  };
  const outgoing = request(`${server.url}/bucket/key`, { headers: signedFor('s3'), agent: false }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(String((await once(response, 'data'))[0])).toBe('first');
  outgoing.destroy();
  await ended;
});

test.each([
  ['states', { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }],
  ['logs', { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' }],
])('a request for %s, which is here, is not passed on', async (service, headers) => {
  expect((await send('POST', '/', { ...signedFor(service), ...headers }, '{}')).status).toBe(200);
  expect(received).toEqual([]);
});

test('a role may call what its policies allow', async () => {
  const { iam, sts } = account;
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  iam.createRole({ RoleName: 'caller', AssumeRolePolicyDocument: document(trust) });
  const { accessKeyId, sessionToken } = sts.lend('arn:aws:iam::000000000000:role/caller', 'run');
  const call = (target: string) =>
    send('POST', '/', {
      'x-amz-target': target,
      'x-amz-security-token': sessionToken,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261127/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    });
  const denied = await call('AmazonSQS.SendMessage');
  expect([denied.status, denied.body]).toEqual([
    400,
    expect.stringContaining('caller/run is not authorized to perform: sqs:SendMessage on resource: *'),
  ]);
  expect(received).toEqual([]);
  iam.putRolePolicy({
    RoleName: 'caller',
    PolicyName: 'send',
    PolicyDocument: document({ Effect: 'Allow', Action: 'sqs:Send*', Resource: 'arn:aws:sqs:*:*:own' }),
  });
  expect((await call('AmazonSQS.SendMessage')).status).toBe(200);
  expect((await call('AmazonSQS.DeleteQueue')).status).toBe(400);
  expect(received).toHaveLength(1);
});

describe("Terraform's states and locks stay here", () => {
  const backend = {
    'user-agent': 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) aws-sdk-go-v2/1.36.3',
  };
  const provider = {
    'user-agent':
      'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-aws/6.1.0',
  };

  test('objects', async () => {
    await send('PUT', '/states/key', { ...signedFor('s3'), ...backend }, 'state');
    expect((await send('GET', '/states/key', { ...signedFor('s3'), ...backend })).body).toBe('state');
    expect(received).toEqual([]);
    await send('GET', '/states/key', { ...signedFor('s3'), ...provider });
    expect(received).toHaveLength(1);
  });

  test('locks', async () => {
    const get = JSON.stringify({ TableName: 'locks', Key: { LockID: { S: 'states/key' } } });
    const headers = { ...signedFor('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    expect((await send('POST', '/', { ...headers, ...backend }, get)).body).toBe('{}');
    expect(received).toEqual([]);
    await send('POST', '/', { ...headers, ...provider }, get);
    expect(received).toHaveLength(1);
  });
});

test('an upstream that does not answer is an error that clients do not try again', async () => {
  const { status, headers, body } = await send(
    'POST',
    '/',
    { ...signedFor('kms'), 'x-amz-target': 'TrentService.CreateKey' },
    '{}',
  );
  expect([status, headers['x-amzn-errortype']]).toEqual([424, 'UpstreamUnavailable']);
  expect(body).toContain('The request for kms was not answered by http://127.0.0.1:1: connect ECONNREFUSED');
});

describe('a request with the credentials of a role', () => {
  let headers: (service: string) => Record<string, string>;
  beforeAll(() => {
    account.iam.createRole({
      RoleName: 'function',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
      }),
    });
    const allowed = [
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:000000000000:orders'],
      ['sns:Publish', 'arn:aws:sns:eu-west-1:000000000000:orders'],
      ['s3:GetObject', 'arn:aws:s3:::bucket/public/*'],
      ['s3:ListBucket', 'arn:aws:s3:::bucket'],
    ];
    account.iam.putRolePolicy({
      RoleName: 'function',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
      }),
    });
    const { Credentials } = account.sts.as({ kind: 'owner' }).assumeRole({
      RoleArn: 'arn:aws:iam::000000000000:role/function',
      RoleSessionName: 'session',
    });
    headers = (service) => ({
      authorization: signedFor(service).authorization.replace(
        'Credential=local',
        `Credential=${Credentials.AccessKeyId}`,
      ),
      'x-amz-security-token': Credentials.SessionToken,
    });
  });

  const sendMessage = (queue: string) =>
    send(
      'POST',
      '/',
      { ...headers('sqs'), 'x-amz-target': 'AmazonSQS.SendMessage' },
      JSON.stringify({ QueueUrl: `http://127.0.0.1:4566/000000000000/${queue}` }),
    );
  const publish = (topic: string) =>
    send(
      'POST',
      '/',
      { ...headers('sns'), 'content-type': 'application/x-www-form-urlencoded' },
      `Action=Publish&TopicArn=arn:aws:sns:eu-west-1:000000000000:${topic}`,
    );
  const s3 = (method: string, path: string) => send(method, path, headers('s3'));

  test.each([
    ['a queue', () => sendMessage('orders'), () => sendMessage('other')],
    ['a topic', () => publish('orders'), () => publish('other')],
    ['an object', () => s3('GET', '/bucket/public/a%20b'), () => s3('GET', '/bucket/secret')],
    ['a bucket', () => s3('GET', '/bucket?list-type=2&prefix=a'), () => s3('DELETE', '/bucket')],
  ])('reaches %s that its policies allow, and no other', async (_, allowed, denied) => {
    expect((await allowed()).status).toBe(200);
    expect(received).toHaveLength(1);
    const { status, body } = await denied();
    expect([400, 403]).toContain(status);
    expect(body).toContain(
      'arn:aws:sts::000000000000:assumed-role/function/session is not authorized to perform',
    );
    expect(received).toHaveLength(1);
  });

  test('does not reach the real AWS with a request that cannot be checked', async () => {
    const { status, body } = await send('GET', '/restapis', headers('apigateway'));
    expect(status).toBe(400);
    expect(body).toContain('no role may send it to the real AWS: apigateway GET /restapis');
  });
});
