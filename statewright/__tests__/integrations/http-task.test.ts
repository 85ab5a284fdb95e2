/** HTTP Tasks and calls of API Gateway, against a server on this machine. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../src/engine';
import type { JsonObject } from '../../src/engine/data';
import { allow, calling, statesHarness } from '../local-aws/step-functions/harness';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let url: string;
let received: Received[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({
        method: request.method ?? '',
        path,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      const [, status = '200'] = /status=(\d+)/.exec(path) ?? [];
      const type = path.includes('text') ? 'text/plain' : 'application/json';
      response.writeHead(Number(status), {
        'content-type': type,
        location: '/elsewhere',
        'x-two': ['a', 'b'],
      });
      if (path.startsWith('/token')) response.end('{"access_token":"t-1"}');
      else response.end(type === 'text/plain' ? 'plain' : '{"n":1.0}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  received = [];
});

const ConnectionArn = 'arn:aws:events:us-east-1:123456789012:connection/payments/1';
const basic = { BasicAuthParameters: { Username: 'me', Password: 'secret' } };

/** Runs a Task with a connection. */
async function run(resource: string, Parameters: object, connection: JsonObject = basic, permitted = '*') {
  const upstreamOf = (service: string) =>
    service === 'api-gateway' ? { endpoint: url, credentials: undefined } : undefined;
  const connections = (name: string) => (name === 'payments' ? connection : undefined);
  const { iam, run: start } = statesHarness(
    undefined,
    { clock: new SystemClock() },
    [],
    upstreamOf,
    connections,
  );
  allow(iam, permitted, '*');
  return start(calling(`arn:aws:states:::${resource}`, { Parameters }));
}

const http = (more: object, connection?: JsonObject) =>
  run(
    'http:invoke',
    { Method: 'POST', Authentication: { ConnectionArn }, ApiEndpoint: url, ...more },
    connection,
  );

test('the result has the response, with JSON as a value', async () => {
  const ended = await http({ RequestBody: { a: 1 }, QueryParameters: { q: ['x', 'y'] } });
  expect(ended.output).toContain('"ResponseBody":{"n":1.0}');
  expect(JSON.parse(ended.output ?? '')).toMatchObject({
    Headers: { 'content-type': ['application/json'], 'x-two': ['a, b'] },
    StatusCode: 200,
    StatusText: 'OK',
  });
  expect(received).toMatchObject([
    {
      method: 'POST',
      path: '/?q=x&q=y',
      body: '{"a":1}',
      headers: {
        authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
        'content-type': 'application/json',
        'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1',
        range: 'bytes=0-262144',
      },
    },
  ]);
});

test('other bodies are text', async () => {
  const { output = '' } = await http({ ApiEndpoint: `${url}/text`, Method: 'GET' });
  expect(JSON.parse(output)).toMatchObject({ ResponseBody: 'plain' });
});

test('headers that Step Functions sets itself are not passed, and those of the connection come first', async () => {
  await http(
    { Headers: { Range: 'bytes=5-', 'If-Match': 'e', 'x-own': '1', 'x-both': 'task' } },
    {
      ...basic,
      InvocationHttpParameters: {
        HeaderParameters: [{ Key: 'x-both', Value: 'connection' }],
        QueryStringParameters: [{ Key: 'k', Value: 'v' }],
        BodyParameters: [{ Key: 'b', Value: '2' }],
      },
    },
  );
  expect(received).toMatchObject([
    {
      path: '/?k=v',
      body: '{"b":"2"}',
      headers: { range: 'bytes=0-262144', 'x-own': '1', 'x-both': 'connection' },
    },
  ]);
  expect(received[0]?.headers).not.toHaveProperty('if-match');
});

test.each([
  ['INDICES', 'a%5B0%5D=1&a%5B1%5D=2&b%5Bc%5D=d'],
  ['BRACKETS', 'a%5B%5D=1&a%5B%5D=2&b%5Bc%5D=d'],
  ['REPEAT', 'a=1&a=2&b%5Bc%5D=d'],
  ['COMMAS', 'a=1%2C2&b%5Bc%5D=d'],
  ['NONE', 'b%5Bc%5D=d'],
])('a form has its arrays as %s', async (ArrayFormat, body) => {
  await http({
    Headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    RequestBody: { a: [1, 2], b: { c: 'd' } },
    Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat } },
  });
  expect(received).toMatchObject([{ body }]);
});

test('a connection can have an API key, or a token of an OAuth server', async () => {
  await http({}, { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: 'k' } });
  expect(received[0]?.headers).toMatchObject({ 'x-key': 'k' });
  const OAuthParameters = {
    AuthorizationEndpoint: `${url}/token`,
    HttpMethod: 'POST',
    ClientParameters: { ClientID: 'id', ClientSecret: 's' },
  };
  await http({}, { OAuthParameters });
  expect(received[1]?.body).toBe('grant_type=client_credentials&client_id=id&client_secret=s');
  expect(received[2]?.headers).toMatchObject({ authorization: 'Bearer t-1' });
});

test.each(['404', '500', '301'])(
  'the status %s fails the Task; a redirect is not followed',
  async (status) => {
    const ended = await http({ ApiEndpoint: `${url}/?status=${status}` });
    expect(ended).toMatchObject({ error: `States.Http.StatusCode.${status}`, cause: '{"n":1.0}' });
    expect(received).toHaveLength(1);
  },
);

test('a server that does not answer, or has no valid certificate, is a States.Http.Socket', async () => {
  const refused = await http({ ApiEndpoint: 'http://127.0.0.1:1/' });
  expect(refused).toMatchObject({
    error: 'States.Http.Socket',
    cause: expect.stringContaining('127.0.0.1:1'),
  });
  const tls = await http({ ApiEndpoint: url.replace('http:', 'https:') });
  expect(tls.error).toBe('States.Http.Socket');
});

test('an endpoint without TLS is refused, except on this machine', async () => {
  expect(await http({ ApiEndpoint: 'http://example.com' })).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining('must be an HTTPS endpoint'),
  });
});

test('a connection that is not known is named', async () => {
  const Authentication = { ConnectionArn: ConnectionArn.replace('payments', 'other') };
  expect((await http({ Authentication })).cause).toContain('The connection other is not known.');
});

test('the role needs the permissions of an HTTP Task', async () => {
  const request = { Method: 'GET', Authentication: { ConnectionArn }, ApiEndpoint: url };
  const ended = await run('http:invoke', request, basic, 'events:*');
  expect(ended.cause).toContain(
    'is not authorized to perform: states:InvokeHTTPEndpoint on resource: arn:aws:states:',
  );
  expect(received).toEqual([]);
});

describe('apigateway:invoke', () => {
  const request = {
    ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com',
    Method: 'POST',
    Stage: 'prod',
    Path: '/pets',
  };

  test('calls the API at the endpoint of the emulator', async () => {
    const ended = await run('apigateway:invoke', {
      ...request,
      RequestBody: { a: 1 },
      QueryParameters: { q: ['1', '2'] },
      Headers: { 'x-h': ['h'] },
    });
    expect(JSON.parse(ended.output ?? '')).toMatchObject({
      ResponseBody: { n: 1 },
      StatusCode: 200,
      StatusText: 'OK',
    });
    expect(received).toMatchObject([
      { path: '/restapis/abc/prod/_user_request_/pets?q=1&q=2', body: '{"a":1}', headers: { 'x-h': 'h' } },
    ]);
  });

  test('a status that is not 2xx is its error', async () => {
    const ended = await run('apigateway:invoke', { ...request, QueryParameters: { status: ['403'] } });
    expect(ended).toMatchObject({ error: 'ApiGateway.403', cause: '{"n":1.0}' });
  });

  test('with IAM_ROLE the role needs execute-api:Invoke for the method and the path', async () => {
    const ended = await run('apigateway:invoke', { ...request, AuthType: 'IAM_ROLE' }, basic, 'sqs:*');
    expect(ended.cause).toContain(
      'execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:123456789012:abc/prod/POST/pets',
    );
  });
});
