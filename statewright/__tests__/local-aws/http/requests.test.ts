import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { RequestReport } from '../../../src/local-aws/http/app';
import { PortInUseError, startServer } from '../../../src/local-aws/server';
import { type LocalAws, startLocalAws, statesClient, trust } from './harness';

let aws: LocalAws;
const reports: RequestReport[] = [];
beforeAll(async () => {
  aws = await startLocalAws({
    onRequest: (report) => reports.push(report),
    pages: ({ url }) => new Response(`page ${new URL(url).pathname}`),
  });
});
afterAll(() => aws.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Sends a request with exactly these headers, including Host, which fetch does not allow. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(aws.server.url);
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: text }),
      );
    });
    // A server that has answered 413 does not have to read the rest.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const states = (operation: string) => ({
  'x-amz-target': `AWSStepFunctions.${operation}`,
  'content-type': 'application/x-amz-json-1.0',
});
const logs = (operation: string) => ({
  'x-amz-target': `Logs_20140328.${operation}`,
  'content-type': 'application/x-amz-json-1.1',
});
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const functions = '/2015-03-31/functions';

describe('malformed requests', () => {
  test.each<[string, string, string, Record<string, string>, string, number, string]>([
    ['a body that is not JSON', 'POST', '/', states('StartExecution'), '{', 400, 'SerializationException'],
    ['a body that is a list', 'POST', '/', states('StartExecution'), '[]', 400, 'SerializationException'],
    [
      'a body nested too deeply',
      'POST',
      '/',
      states('StartExecution'),
      '['.repeat(200_000),
      400,
      'SerializationException',
    ],
    [
      'a member of the wrong type',
      'POST',
      '/',
      states('StartExecution'),
      '{"stateMachineArn":5}',
      400,
      'SerializationException',
    ],
    [
      'an invalid number',
      'POST',
      '/',
      states('ListStateMachines'),
      '{"maxResults":1.5}',
      400,
      'SerializationException',
    ],
    [
      'an invalid list',
      'POST',
      '/',
      states('TagResource'),
      '{"resourceArn":"x","tags":{}}',
      400,
      'SerializationException',
    ],
    [
      'an item of the wrong type',
      'POST',
      '/',
      states('UntagResource'),
      '{"resourceArn":"x","tagKeys":[1]}',
      400,
      'SerializationException',
    ],
    ['a missing member', 'POST', '/', states('StartExecution'), '{}', 400, 'ValidationException'],
    [
      'a member that is null',
      'POST',
      '/',
      states('StartExecution'),
      '{"stateMachineArn":null}',
      400,
      'ValidationException',
    ],
    [
      'a word that is not in the enum',
      'POST',
      '/',
      states('ValidateStateMachineDefinition'),
      '{"definition":"{}","type":"FAST"}',
      400,
      'ValidationException',
    ],
    [
      'a token that is too long',
      'POST',
      '/',
      states('ListStateMachines'),
      `{"nextToken":"${'x'.repeat(1025)}"}`,
      400,
      'ValidationException',
    ],
    ['no body', 'POST', '/', states('DescribeExecution'), '', 400, 'ValidationException'],
    ['logs without a group', 'POST', '/', logs('CreateLogGroup'), '{}', 400, 'InvalidParameterException'],
    [
      'an invalid map',
      'POST',
      '/',
      logs('CreateLogGroup'),
      '{"logGroupName":"a","tags":["x"]}',
      400,
      'SerializationException',
    ],
    ['a form without an action', 'POST', '/', form, 'Version=2010-05-08', 400, 'MissingAction'],
    ['a form without a member', 'POST', '/', form, 'Action=GetRole', 400, 'ValidationError'],
    [
      'a form with a member twice',
      'POST',
      '/',
      form,
      'Action=GetRole&RoleName=a&RoleName=b',
      400,
      'MalformedQueryString',
    ],
    [
      'a form with an invalid number',
      'POST',
      '/',
      form,
      'Action=ListRoles&MaxItems=x',
      400,
      'MalformedQueryString',
    ],
    [
      'a form with a value that has members',
      'POST',
      '/',
      form,
      'Action=GetRole&RoleName=a&RoleName.x=b',
      400,
      'MalformedQueryString',
    ],
    [
      'a form with __proto__',
      'POST',
      '/',
      form,
      'Action=GetRole&__proto__.RoleName=a',
      400,
      'ValidationError',
    ],
    ['no operation at all', 'POST', '/', {}, '{}', 400, 'MissingAction'],
    ['a function without its members', 'POST', functions, {}, '{}', 400, 'ValidationException'],
    ['a function that is not JSON', 'POST', functions, {}, 'x', 400, 'SerializationException'],
    ['a function name with a slash', 'GET', `${functions}/a%2Fb`, {}, '', 400, 'ValidationException'],
    ['a path with an invalid encoding', 'GET', `${functions}/a%zz`, {}, '', 400, 'ValidationException'],
    [
      'a payload that is not JSON',
      'POST',
      `${functions}/a/invocations`,
      {},
      '{',
      404,
      'ResourceNotFoundException',
    ],
    [
      'an unknown invocation type',
      'POST',
      `${functions}/a/invocations`,
      { 'x-amz-invocation-type': 'Later' },
      '',
      400,
      'ValidationException',
    ],
  ])('%s', async (_, method, path, headers, body, status, code) => {
    const answer = await send(method, path, headers, body);
    expect(answer.status).toBe(status);
    const inBody = /<Code>(\w+)<\/Code>/.exec(answer.body)?.[1];
    expect(inBody ?? answer.headers['x-amzn-errortype']).toBe(code);
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('what is not implemented answers 501 with its name, so that clients do not retry', () => {
  test.each<[string, string, string, Record<string, string>, string, string]>([
    ['an operation of Step Functions', 'POST', '/', states('DescribeWorker'), '{}', 'states:DescribeWorker'],
    ['a property that every object has', 'POST', '/', states('constructor'), '{}', 'states:constructor'],
    ['an operation of Logs', 'POST', '/', logs('CreateExportTask'), '{}', 'logs:CreateExportTask'],
    [
      'another service',
      'POST',
      '/',
      { 'x-amz-target': 'AmazonSQS.ListQueues' },
      '{}',
      'AmazonSQS:ListQueues',
    ],
    ['an action of IAM', 'POST', '/', form, 'Action=ListServerCertificates', 'iam:ListServerCertificates'],
    [
      'an action of another Query service',
      'POST',
      '/',
      { ...form, ...signedFor('cloudformation') },
      'Action=ListStacks',
      'cloudformation:ListStacks',
    ],
    ['a path of Lambda', 'GET', '/2020-04-22/code-signing-configs', {}, '', 'lambda:ListCodeSigningConfigs'],
    ['the list of buckets', 'GET', '/', signedFor('s3'), '', 's3:ListBuckets'],
    ['a new bucket', 'PUT', '/bucket', signedFor('s3'), '', 's3:CreateBucket'],
    [
      'an operation of S3 with a parameter',
      'GET',
      '/bucket?versioning',
      signedFor('s3'),
      '',
      's3:GET /bucket',
    ],
    [
      'a REST API other than Lambda',
      'GET',
      '/restapis',
      signedFor('apigateway'),
      '',
      'apigateway:GET /restapis',
    ],
    ['a method of Lambda', 'PATCH', functions, {}, '', 'lambda:PATCH /2015-03-31/functions'],
  ])('%s', async (_, method, path, headers, body, name) => {
    const answer = await send(method, path, headers, body);
    expect(answer.status).toBe(501);
    expect(answer.body).toContain(`The local AWS does not implement ${name}.`);
  });
});

describe('who may send requests', () => {
  const port = () => new URL(aws.server.url).port;
  const ask = (headers: Record<string, string>) =>
    send('POST', '/', { ...states('ListStateMachines'), ...headers }, '{}');

  test.each(['127.0.0.1', 'localhost', 'aws.localhost', 'sync-localhost', '[::1]'])(
    'Host %s',
    async (host) => {
      expect((await ask({ host: `${host}:${port()}` })).status).toBe(200);
    },
  );

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', 'evil-localhost'])(
    'not Host %j: a name that was bound to this address',
    async (host) => {
      expect((await ask({ host: `${host}:${port()}` })).status).toBe(403);
    },
  );

  test.each(['', '@'])('not Host %j, which is not a name', async (host) => {
    expect((await ask({ host: `${host}:${port()}` })).status).toBe(400);
  });

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1.evil.example',
    'file://',
    // Of this machine, and of another origin: a port, a name, a scheme.
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost:3000',
    'http://evil.localhost',
    'capacitor://localhost',
    'https://127.0.0.1',
  ])('not a page of %s', async (origin) => {
    expect(await ask({ origin })).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    });
  });

  test('not a page of its own port by another name or scheme', async () => {
    const others = [`http://localhost:${port()}`, `https://127.0.0.1:${port()}`];
    for (const origin of others) expect((await ask({ origin })).status).toBe(403);
  });

  test('a page of its own', async () => {
    expect((await ask({ origin: aws.server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    const host = `localhost:${port()}`;
    expect((await ask({ host, origin: `http://${host}` })).status).toBe(200);
  });

  const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  test.each(['cross-site', 'same-site'])('not what a %s page asks for', async (site) => {
    const from = { 'sec-fetch-site': site };
    expect((await ask(from)).status).toBe(403);
    expect((await ask({ ...from, ...visit })).status).toBe(403);
    expect((await send('GET', functions, { ...from, ...visit })).status).toBe(403);
    expect((await send('GET', '/executions', from)).status).toBe(403);
    expect((await send('GET', '/executions', { ...from, ...visit, 'sec-fetch-dest': 'iframe' })).status).toBe(
      403,
    );
    expect((await send('POST', '/executions', { ...from, ...visit })).status).toBe(403);
  });

  test.each(['none', 'same-origin', 'same-site', 'cross-site'])(
    'a person who follows a %s link',
    async (site) => {
      expect((await send('GET', '/executions', { 'sec-fetch-site': site, ...visit })).status).toBe(200);
    },
  );
});

describe('sizes', () => {
  test.each([
    ['announced', { 'content-length': '90000000' }],
    ['not announced', { 'transfer-encoding': 'chunked' }],
  ])('a client that sends 90 MB, %s, has the answer', async (_, headers) => {
    const answer = await send(
      'POST',
      '/',
      { ...states('StartExecution'), ...headers },
      ' '.repeat(90_000_000),
    );
    expect(answer).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });

  test('a body that is too large is refused, with or without Content-Length', async () => {
    const tooBig = 6_300_000;
    const announced = await send(
      'POST',
      '/',
      { ...states('StartExecution'), 'content-length': String(tooBig) },
      ' '.repeat(tooBig),
    );
    expect(announced.status).toBe(413);
    const chunked = await send(
      'POST',
      '/',
      { ...states('StartExecution'), 'transfer-encoding': 'chunked' },
      ' '.repeat(tooBig),
    );
    expect(chunked.status).toBe(413);
    const payload = await send('POST', `${functions}/a/invocations`, {}, ' '.repeat(tooBig));
    expect(payload).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });

  test('code may be larger than other bodies', async () => {
    const answer = await send('PUT', `${functions}/a/code`, {}, `{"ZipFile":"${'A'.repeat(7_000_000)}"}`);
    expect(answer.status).toBe(404);
  });
});

test('a path outside the APIs is a page', async () => {
  expect(await send('GET', '/executions')).toMatchObject({ status: 200, body: 'page /executions' });
});

test('a GET with chunks is answered like any other', async () => {
  expect((await send('GET', functions, { 'transfer-encoding': 'chunked' })).status).toBe(200);
});

test('every request is reported', async () => {
  reports.length = 0;
  await send('POST', '/', states('ListStateMachines'), '{}');
  await send('POST', '/', form, 'Action=GetRole&RoleName=a');
  await send('GET', functions);
  expect(reports).toMatchObject([
    { method: 'POST', path: '/', operation: 'AWSStepFunctions.ListStateMachines', status: 200 },
    { method: 'POST', path: '/', operation: 'GetRole', status: 404 },
    { method: 'GET', path: functions, operation: undefined, status: 200 },
  ]);
});

test('a port in use has a clear message', async () => {
  const port = Number(new URL(aws.server.url).port);
  const error = await startServer(aws.account, { port }).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(PortInUseError);
  expect((error as Error).message).toBe(`Port ${port} of 127.0.0.1 is in use.`);
});

test('closing does not wait for a client that keeps its connection or does not finish its request', async () => {
  const other = await startLocalAws();
  const { hostname, port } = new URL(other.server.url);
  const half = connect(Number(port), hostname);
  await once(half, 'connect');
  half.write(
    [
      'POST / HTTP/1.1',
      `Host: ${hostname}`,
      'X-Amz-Target: AWSStepFunctions.X',
      'Content-Length: 99',
      '',
      '{',
    ].join('\r\n'),
  );
  const cutOff = new Promise((resolve) => {
    half.on('error', () => undefined).once('close', resolve);
  });

  other.account.iam.createRole({ RoleName: 'm', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
  const { stateMachineArn } = other.account.states.createStateMachine({
    name: 'hour',
    type: 'EXPRESS',
    roleArn: 'arn:aws:iam::123456789012:role/m',
    definition: '{"StartAt":"Hour","States":{"Hour":{"Type":"Wait","Seconds":3600,"End":true}}}',
  });
  const { call, close } = statesClient(other.server.url, 1);
  const entered = new Promise<void>((resolve) => {
    other.account.states.listen((_, { type }) => type === 'WaitStateEntered' && resolve());
  });
  const answer = call('StartSyncExecution', { stateMachineArn });
  await entered;

  await Promise.all([other.server.close(), other.account.close()]);
  expect(await answer).toMatchObject({ error: 'States.Aborted' });
  await cutOff;
  close();
});

test('closing answers pending requests', async () => {
  const other = await startLocalAws();
  const answer = fetch(`${other.server.url}${functions}`);
  await expect(answer).resolves.toMatchObject({ status: 200 });
  await other.close();
  await expect(fetch(other.server.url)).rejects.toThrow();
});
