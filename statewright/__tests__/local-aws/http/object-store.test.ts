import { Account } from '../../../src/local-aws/account';
import { awsApp } from '../../../src/local-aws/http/app';

let account: Account;
beforeEach(() => {
  account = new Account();
});
afterEach(() => account.close());

const url = 'http://127.0.0.1:4566';
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

async function s3(
  method: string,
  path: string,
  { body, headers = {} }: { body?: string; headers?: object } = {},
) {
  const request = new Request(`${url}${path}`, {
    method,
    headers: { ...signed('s3'), ...headers },
    ...(body && { body }),
  });
  const response = await awsApp(account, { host: '127.0.0.1' }).fetch(request);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function dynamodb(operation: string, members: object) {
  const headers = { ...signed('dynamodb'), 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify(members) });
  const response = await awsApp(account, { host: '127.0.0.1' }).fetch(request);
  return [response.status, await response.json()];
}

describe('S3', () => {
  test('puts, gets, heads and deletes an object by its path', async () => {
    const path = '/bucket/env%3A/a%20b/state';
    const put = await s3('PUT', path, { body: '{"é": 1}', headers: { 'content-type': 'application/json' } });
    expect([put.status, put.headers.get('etag')]).toEqual([200, expect.stringMatching(/^"\w{32}"$/)]);
    expect(account.objects.listObjects('bucket')).toMatchObject([{ key: 'env:/a b/state' }]);

    const got = await s3('GET', `${path}?x-id=GetObject`);
    expect([got.status, got.body, got.headers.get('content-type')]).toEqual([
      200,
      '{"é": 1}',
      'application/json',
    ]);
    const head = await s3('HEAD', path);
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', '9']);
    expect(head.headers.get('etag')).toBe(put.headers.get('etag'));

    expect((await s3('DELETE', path)).status).toBe(204);
    expect((await s3('GET', path)).body).toContain('<Code>NoSuchKey</Code>');
    expect(await s3('HEAD', path)).toMatchObject({ status: 404, body: '' });
  });

  test('refuses a key that is not valid percent-encoding', async () => {
    expect(await s3('GET', '/bucket/%zz')).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidURI'),
    });
  });

  test('refuses a second lock file', async () => {
    const lock = { body: '{}', headers: { 'if-none-match': '*' } };
    expect((await s3('PUT', '/bucket/a.tflock', lock)).status).toBe(200);
    expect(await s3('PUT', '/bucket/a.tflock', lock)).toMatchObject({
      status: 412,
      body: expect.stringContaining('<Code>PreconditionFailed</Code>'),
    });
  });

  test('lists in pages', async () => {
    for (const key of ['a/1', 'a/2', 'a/<3>', 'b']) await s3('PUT', `/bucket/${encodeURIComponent(key)}`);
    const first = await s3('GET', '/bucket?list-type=2&prefix=a%2F&max-keys=2');
    expect(first.headers.get('content-type')).toBe('application/xml');
    expect(first.body).toMatch(/<IsTruncated>true<.*<Key>a\/1<.*<Key>a\/2</);
    const token = /<NextContinuationToken>(.*?)</.exec(first.body)?.[1];
    const second = await s3('GET', `/bucket?list-type=2&prefix=a%2F&max-keys=2&continuation-token=${token}`);
    expect(second.body).toMatch(/<IsTruncated>false<.*<Key>a\/&lt;3&gt;</);
    expect(second.body).not.toContain('<Key>b<');
  });

  test('encodes keys in a listing on request', async () => {
    await s3('PUT', '/bucket/env%3A/%01');
    const { body } = await s3('GET', '/bucket?list-type=2&prefix=env%3A&encoding-type=url');
    expect(body).toMatch(/<Prefix>env%3A<.*<EncodingType>url<.*<Key>env%3A\/%01</);
  });

  test('accepts a state of 20 MB', async () => {
    expect((await s3('PUT', '/bucket/big', { body: 'x'.repeat(20e6) })).status).toBe(200);
  });

  test.each([
    ['PUT', '/bucket'],
    ['HEAD', '/bucket'],
    ['GET', '/bucket?versioning'],
    ['GET', '/'],
    ['POST', '/bucket/key?uploads'],
    ['GET', '/bucket/key?tagging'],
  ])('says that it does not have %s %s', async (method, path) => {
    expect((await s3(method, path)).status).toBe(501);
  });

  test('does not store a body in signed chunks', async () => {
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    expect((await s3('PUT', '/bucket/key', { body: '0', headers })).status).toBe(501);
    expect(account.objects.listObjects('bucket')).toEqual([]);
  });
});

describe('DynamoDB', () => {
  const Key = { LockID: { S: 'bucket/state' } };
  const Item = { ...Key, Info: { S: '{}' } };
  const lock = { TableName: 'locks', Item, ConditionExpression: 'attribute_not_exists(LockID)' };

  test('locks a state and unlocks it', async () => {
    expect(await dynamodb('GetItem', { TableName: 'locks', Key, ConsistentRead: true })).toEqual([200, {}]);
    expect(await dynamodb('PutItem', lock)).toEqual([200, {}]);
    expect(await dynamodb('GetItem', { TableName: 'locks', Key })).toEqual([200, { Item }]);
    expect(await dynamodb('PutItem', lock)).toEqual([
      400,
      { __type: 'ConditionalCheckFailedException', message: 'The conditional request failed' },
    ]);
    expect(await dynamodb('DeleteItem', { TableName: 'locks', Key })).toEqual([200, {}]);
    expect(await dynamodb('PutItem', lock)).toEqual([200, {}]);
  });

  test.each([
    ['PutItem', { ...lock, Item: { id: { S: 'a' } } }],
    ['PutItem', { ...lock, ConditionExpression: 'size(x) > 1' }],
    ['Scan', { TableName: 'locks' }],
  ])('says that it does not have any other %s', async (operation, members) => {
    expect(await dynamodb(operation, members)).toEqual([501, expect.anything()]);
  });
});
