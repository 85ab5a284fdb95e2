/** The signatures of requests, as AWS's SDKs and another library make them, to a local AWS with an access key. */
import { request as httpRequest } from 'node:http';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type Request, sign } from 'aws4';
import { Account } from '../../../src/local-aws/account';
import { toBasicTime } from '../../../src/local-aws/http/signature';
import { type RunningServer, startServer } from '../../../src/local-aws/server';

const accessKeyId = 'LOCAL0123456789ABCDEF0123456789ABCDEF';
const owner = { accessKeyId, secretAccessKey: 'local' };
let account: Account;
let server: RunningServer;
beforeAll(async () => {
  account = new Account();
  server = await startServer(account, { accessKeyOf: () => accessKeyId });
});
afterAll(async () => {
  await server.close();
  await account.close();
});

interface Sent {
  readonly status: number;
  readonly body: string;
}

/** Sends a request with exactly these headers. */
function send({ method = 'GET', path = '/', headers = {}, body = '' }: Request): Promise<Sent> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, method, path, headers: headers as never }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, body: text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const json = (more: Request = {}): Request => ({
  host: new URL(server.url).host,
  service: 'states',
  region: 'us-east-1',
  method: 'POST',
  path: '/',
  body: '{}',
  ...more,
  headers: {
    'X-Amz-Target': 'AWSStepFunctions.ListStateMachines',
    'Content-Type': 'application/x-amz-json-1.0',
    ...more.headers,
  },
});
const identity = (more: Request = {}): Request => ({
  host: new URL(server.url).host,
  service: 'sts',
  region: 'us-east-1',
  path: '/?Action=GetCallerIdentity&Version=2011-06-15',
  ...more,
});
const object = (more: Request = {}): Request => ({
  host: new URL(server.url).host,
  service: 's3',
  region: 'us-east-1',
  path: "/bucket/a%20b/it's(1).txt",
  ...more,
});
const minutes = (count: number) => ({ 'X-Amz-Date': toBasicTime(Date.now() + count * 60_000) });

describe('the secret key of an SDK', () => {
  const settings = (secretAccessKey: string) => ({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });

  test.each<[string, string, (secret: string) => Promise<unknown>]>([
    [
      'Step Functions',
      'InvalidSignatureException',
      (secret) => new SFNClient(settings(secret)).send(new ListStateMachinesCommand()),
    ],
    [
      'Lambda',
      'InvalidSignatureException',
      (secret) => new LambdaClient(settings(secret)).send(new ListFunctionsCommand()),
    ],
    [
      'IAM',
      'SignatureDoesNotMatch',
      (secret) => new IAMClient(settings(secret)).send(new ListRolesCommand()),
    ],
  ])('decides for %s', async (_, name, call) => {
    await call('local');
    await expect(call('another')).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/^The request signature we calculated does not match the signature/),
    });
  });

  test('signs a path that has more to encode', async () => {
    const name = 'arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST';
    const call = new LambdaClient(settings('local')).send(new InvokeCommand({ FunctionName: name }));
    await expect(call).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('of a user and of a session decide as well', async () => {
    account.iam.createUser({ UserName: 'u' });
    const { AccessKey } = account.iam.createAccessKey({ UserName: 'u' });
    const session = account.sts.getSessionToken({}).Credentials;
    for (const { AccessKeyId, SecretAccessKey, SessionToken } of [
      { ...AccessKey, SessionToken: undefined },
      session,
    ]) {
      const key = { accessKeyId: AccessKeyId, ...(SessionToken && { sessionToken: SessionToken }) };
      const right = await send(sign(identity(), { ...key, secretAccessKey: SecretAccessKey }));
      const wrong = await send(sign(identity(), { ...key, secretAccessKey: 'local' }));
      expect([right.status, wrong.status]).toEqual([200, 403]);
    }
  });
});

describe('a request that was changed after it was signed', () => {
  test('in its body', async () => {
    const signed = sign(json(), owner);
    expect((await send(signed)).status).toBe(200);
    expect(await send({ ...signed, body: '[]' })).toEqual({
      status: 400,
      body: expect.stringContaining('InvalidSignatureException'),
    });
  });

  test('in a signed header', async () => {
    const signed = sign(json(), owner);
    const headers = { ...signed.headers, 'X-Amz-Target': 'AWSStepFunctions.ListActivities' };
    expect((await send({ ...signed, headers })).body).toContain('InvalidSignatureException');
  });

  test('in its signature, to characters of several bytes', async () => {
    const { path = '', ...signed } = sign(identity({ signQuery: true }), owner);
    expect((await send({ ...signed, path })).status).toBe(200);
    const changed = path.replace(/X-Amz-Signature=../, 'X-Amz-Signature=%C3%A9%C3%A9');
    expect(await send({ ...signed, path: changed })).toEqual({
      status: 403,
      body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
    });
  });

  test('in its query', async () => {
    const signed = sign(identity(), owner);
    expect((await send(signed)).body).toContain('<Account>000000000000</Account>');
    const path = '/?Action=GetSessionToken&Version=2011-06-15';
    expect((await send({ ...signed, path })).body).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  test('in its path, for S3', async () => {
    const signed = sign(object(), owner);
    expect((await send(signed)).body).toContain('<Code>NoSuchKey</Code>');
    expect((await send({ ...signed, path: '/bucket/b' })).body).toContain(
      '<Code>SignatureDoesNotMatch</Code>',
    );
  });
});

describe('a presigned URL', () => {
  const presigned = (request: Request) => sign({ ...request, signQuery: true }, owner);

  test('is accepted until it expires', async () => {
    const path = '/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60';
    expect((await send(presigned(identity({ path })))).status).toBe(200);
    const old = presigned(identity({ path: `${path}&X-Amz-Date=${toBasicTime(Date.now() - 61_000)}` }));
    expect((await send(old)).body).toMatch(
      /<Code>SignatureDoesNotMatch<.*Signature expired: \d{8}T\d{6}Z is now/s,
    );
  });

  test('of S3 does not sign the body', async () => {
    const put = presigned(object({ method: 'PUT' }));
    expect((await send({ ...put, body: 'anything' })).body).toContain('UnknownOperationException');
    const old = object({ path: `/b/k?X-Amz-Expires=60&X-Amz-Date=${toBasicTime(Date.now() - 61_000)}` });
    expect((await send(presigned(old))).body).toMatch(/<Code>AccessDenied<.*<Message>Request has expired</s);
  });
});

describe('the time of a signature', () => {
  test.each([
    [-4, 200, ''],
    [4, 200, ''],
    [
      -6,
      400,
      /"Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)"/,
    ],
    [
      6,
      400,
      /"Signature not yet current: (\d{8}T\d{6}Z) is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)"/,
    ],
  ])('%i minutes from now', async (count, status, text) => {
    const { body, ...answer } = await send(sign(json({ headers: minutes(count) }), owner));
    expect(answer.status).toBe(status);
    expect(body).toMatch(text);
  });

  test('may differ by 15 minutes for S3', async () => {
    expect((await send(sign(object({ headers: minutes(-14) }), owner))).body).toContain('NoSuchKey');
    expect((await send(sign(object({ headers: minutes(-16) }), owner))).body).toContain(
      'RequestTimeTooSkewed',
    );
  });
});

test.each([
  ['Signature', (text: string) => text.replace(/, Signature=.*/, ''), "requires 'Signature' parameter"],
  ['SignedHeaders', (text: string) => text.replace(/SignedHeaders=[^,]*, /, ''), "requires 'SignedHeaders'"],
  ['host', (text: string) => text.replace(';host', ''), "'Host' or ':authority' must be a 'SignedHeader'"],
  ['algorithm', (text: string) => text.replace('HMAC', 'ECDSA-P256'), "Unsupported AWS 'algorithm'"],
])('an incomplete signature: %s', async (_, change, message) => {
  const signed = sign(json(), owner);
  const headers = { ...signed.headers, Authorization: change(String(signed.headers?.Authorization)) };
  expect(await send({ ...signed, headers })).toEqual({
    status: 400,
    body: expect.stringMatching(new RegExp(`IncompleteSignatureException.*${message}`, 's')),
  });
});

test.each<[string, () => Request]>([
  [
    'another scheme',
    () =>
      json({
        headers: { Authorization: `Other Credential=${accessKeyId}/x/us-east-1/states/aws4_request` },
      }),
  ],
  [
    'an encoded name in the query',
    () =>
      identity({
        path: `/?Action=GetCallerIdentity&Version=2011-06-15&AWSAccessKeyId=x&X%2DAmz-Credential=${accessKeyId}%2Fx%2Fus-east-1%2Fsts%2Faws4_request`,
      }),
  ],
])('the access key id alone is not enough, by %s', async (_, request) => {
  expect(await send(request())).toEqual({
    status: 400,
    body: expect.stringContaining('IncompleteSignature'),
  });
});

test('without an access key, no signature is checked', async () => {
  const open = await startServer(account);
  const signed = sign(json(), { ...owner, secretAccessKey: 'another' });
  const answer = await fetch(open.url, {
    method: 'POST',
    body: '{}',
    headers: {
      authorization: String(signed.headers?.Authorization),
      'x-amz-target': 'AWSStepFunctions.ListActivities',
    },
  });
  expect(answer.status).toBe(200);
  await open.close();
});
