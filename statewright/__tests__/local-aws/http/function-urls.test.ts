import { type IncomingHttpHeaders, request } from 'node:http';
import { sign } from 'aws4';
import { allow, type LocalAws, startLocalAws, trust, zipOf } from './harness';

const SOURCE = `exports.handler = async (event) => {
  switch (event.rawPath) {
    case '/text': return 'text';
    case '/value': return { a: 1 };
    case '/error': throw new Error('no');
    case '/whole': return {
      statusCode: 201,
      headers: { 'X-A': 'b', 'Access-Control-Allow-Origin': 'https://own.example' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('bytes').toString('base64'),
      isBase64Encoded: true,
    };
    case '/invalid': return { statusCode: 'many' };
    default: return event;
  }
};`;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('the URL of a function', () => {
  let aws: LocalAws;
  let url: URL;
  beforeAll(async () => {
    aws = await startLocalAws({ accessKeyId: 'KEY' });
    const { iam, lambda } = aws.account;
    iam.createRole({ RoleName: 'f', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    lambda.createFunction({
      FunctionName: 'Test',
      Role: 'arn:aws:iam::123456789012:role/f',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf(SOURCE) },
    });
    const config = lambda.createFunctionUrlConfig({
      FunctionName: 'Test',
      AuthType: 'NONE',
      Cors: {
        AllowOrigins: ['https://page.example'],
        AllowMethods: ['GET'],
        ExposeHeaders: ['x-a'],
        MaxAge: 60,
      },
    });
    url = new URL(config.FunctionUrl);
  });
  afterAll(() => aws.close());

  const permit = () => {
    const everybody = { FunctionName: 'Test', Principal: '*' };
    aws.account.lambda.addPermission({
      ...everybody,
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    });
    aws.account.lambda.addPermission({
      ...everybody,
      StatementId: 'invoke',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    });
  };

  /** Sends to the loopback address, because not every system resolves names under localhost. */
  /** The headers of a signed request. */
  const signed = (path: string, credentials: Parameters<typeof sign>[1]) => {
    const { headers } = sign({ host: url.host, service: 'lambda', region: 'us-east-1', path }, credentials);
    return { headers: headers as Record<string, string> };
  };
  const send = (
    path: string,
    {
      method = 'GET',
      headers = {},
      body = '',
    }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) =>
    new Promise<Answer>((resolve, reject) => {
      const { port } = new URL(aws.server.url);
      const sent = request(
        { host: '127.0.0.1', port, path, method, headers: { host: url.host, ...headers } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  test('has a name of this machine, with the port of the server', () => {
    expect(url.href).toMatch(/^http:\/\/[0-9a-f]{32}\.lambda-url\.us-east-1\.localhost:\d+\/$/);
    expect(url.port).toBe(new URL(aws.server.url).port);
  });

  test('is closed until the function has a policy that opens it to everybody', async () => {
    const { status, body } = await send('/text');
    expect(status).toBe(403);
    expect(JSON.parse(body).Message).toContain('does not let everybody perform lambda:InvokeFunctionUrl');
    permit();
    expect(await send('/text')).toMatchObject({ status: 200, body: 'text' });
  });

  test('passes the request in format 2.0', async () => {
    const { status, body } = await send('/a%20b?x=1&x=2&y=%20', {
      method: 'POST',
      headers: { cookie: 'a=1; b=2', 'content-type': 'application/json', 'user-agent': 'test' },
      body: '{"k":1}',
    });
    expect(status).toBe(200);
    const id = url.hostname.split('.')[0];
    expect(JSON.parse(body)).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a%20b',
      rawQueryString: 'x=1&x=2&y=%20',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({ host: url.host, 'content-type': 'application/json' }),
      queryStringParameters: { x: '1,2', y: ' ' },
      requestContext: {
        accountId: 'anonymous',
        apiId: id,
        domainName: url.hostname,
        domainPrefix: id,
        http: {
          method: 'POST',
          path: '/a%20b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: expect.any(String),
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"k":1}',
      isBase64Encoded: false,
    });
  });

  test('passes other bodies than text in base64', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const { body } = await send('/', { method: 'PUT', headers, body: 'bytes' });
    expect(JSON.parse(body)).toMatchObject({ body: 'Ynl0ZXM=', isBase64Encoded: true });
  });

  test.each([
    ['a value', '/value', 200, '{"a":1}'],
    ['an error', '/error', 502, 'Internal Server Error'],
    ['a response that is not valid', '/invalid', 502, 'Internal Server Error'],
  ])('answers with %s', async (_, path, status, body) => {
    expect(await send(path)).toMatchObject({ status, body });
  });

  test('answers with a whole response', async () => {
    const { status, headers, body } = await send('/whole');
    expect({ status, body }).toEqual({ status: 201, body: 'bytes' });
    expect(headers).toMatchObject({ 'x-a': 'b', 'set-cookie': ['a=1', 'b=2'] });
  });

  test('lets the pages of its CORS settings read it, and no other', async () => {
    const from = (origin: string) => send('/whole', { headers: { origin, 'sec-fetch-site': 'cross-site' } });
    expect((await from('https://page.example')).headers).toMatchObject({
      'access-control-allow-origin': 'https://page.example',
      'access-control-expose-headers': 'x-a',
    });
    expect((await from('https://own.example')).headers).not.toHaveProperty('access-control-allow-origin');
    const { status, headers, body } = await send('/whole', {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': 'GET' },
    });
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(headers).toMatchObject({ 'access-control-allow-methods': 'GET', 'access-control-max-age': '60' });
  });

  test('also has a path, for programs that cannot resolve its name', async () => {
    const { host } = new URL(aws.server.url);
    const { body } = await send(`/lambda-url/${url.hostname.split('.')[0]}/a?b=c`, { headers: { host } });
    expect(JSON.parse(body)).toMatchObject({ rawPath: '/a', rawQueryString: 'b=c' });
  });

  test.each([
    [
      'an unknown id',
      { host: `${'0'.repeat(32)}.lambda-url.us-east-1.localhost` },
      'No function has the URL id',
    ],
    ['the name of another site', { host: 'page.example' }, 'answers only requests from programs and pages'],
  ])('is not found by %s', async (_, headers, message) => {
    const { status, body } = await send('/text', { headers });
    expect({ status, body }).toEqual({ status: 403, body: expect.stringContaining(message) });
  });

  test('with AWS_IAM needs a signature with the access key', async () => {
    aws.account.lambda.updateFunctionUrlConfig({ FunctionName: 'Test', AuthType: 'AWS_IAM' });
    const owner = { accessKeyId: 'KEY', secretAccessKey: 'local' };
    expect((await send('/text')).status).toBe(403);
    expect((await send('/text', signed('/text', { ...owner, accessKeyId: 'OTHER' }))).status).toBe(403);
    expect((await send('/text', signed('/', owner))).status).toBe(403);
    const { status, body } = await send('/', signed('/', owner));
    expect(status).toBe(200);
    expect(JSON.parse(body).requestContext).toMatchObject({
      accountId: '123456789012',
      authorizer: { iam: { accessKey: 'KEY', userArn: 'arn:aws:iam::123456789012:root' } },
    });
    aws.account.lambda.updateFunctionUrlConfig({ FunctionName: 'Test', AuthType: 'NONE' });
  });

  test('with AWS_IAM can be called by a role that may', async () => {
    const { iam, lambda, sts } = aws.account;
    lambda.updateFunctionUrlConfig({ FunctionName: 'Test', AuthType: 'AWS_IAM' });
    iam.createRole({ RoleName: 'caller', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    const credentials = sts.lend('arn:aws:iam::123456789012:role/caller', 'run');
    const denied = await send('/', signed('/', credentials));
    expect([denied.status, denied.body]).toEqual([
      403,
      expect.stringContaining('may not perform lambda:InvokeFunctionUrl'),
    ]);
    iam.putRolePolicy({ RoleName: 'caller', PolicyName: 'call', PolicyDocument: allow('lambda:Invoke*') });
    const { status, body } = await send('/', signed('/', credentials));
    expect(status).toBe(200);
    expect(JSON.parse(body).requestContext.authorizer.iam).toMatchObject({
      userArn: 'arn:aws:sts::123456789012:assumed-role/caller/run',
    });
    lambda.updateFunctionUrlConfig({ FunctionName: 'Test', AuthType: 'NONE' });
  });

  test('refuses a body that is larger than a payload may be', async () => {
    expect((await send('/text', { method: 'POST', body: 'x'.repeat(6_300_000) })).status).toBe(413);
  });
});
