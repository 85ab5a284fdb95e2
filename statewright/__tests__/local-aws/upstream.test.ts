import { signingName, upstreamSettingsIn, upstreams } from '../../src/local-aws/upstream';

const any = { accessKeyId: 'local', secretAccessKey: 'local' };

test('a service has its own endpoint, else the one of all services', () => {
  const of = upstreams({
    upstream: 'http://127.0.0.1:5000/',
    endpoints: ['sqs=http://127.0.0.1:9324', 'EventBridge=http://127.0.0.1:7000'],
  });
  expect(of('sqs')).toEqual({ endpoint: 'http://127.0.0.1:9324', credentials: any });
  expect(of('events')).toEqual({ endpoint: 'http://127.0.0.1:7000', credentials: any });
  expect(of('sns')).toEqual({ endpoint: 'http://127.0.0.1:5000', credentials: any });
  expect(upstreams({ endpoints: ['sqs=http://127.0.0.1:9324'] })('sns')).toBeUndefined();
});

test('the services of this AWS have no upstream', () => {
  for (const service of ['states', 'lambda', 'logs', 'iam', 'sts']) {
    expect(upstreams({ upstream: 'http://127.0.0.1:5000' })(service)).toBeUndefined();
  }
});

test('an option comes before a variable of the environment', () => {
  const environment = upstreamSettingsIn({
    STATEWRIGHT_UPSTREAM: 'http://127.0.0.1:5000',
    STATEWRIGHT_ENDPOINT_SQS: 'http://127.0.0.1:5001',
    STATEWRIGHT_ENDPOINT_COGNITO_IDP: 'http://127.0.0.1:5002',
    STATEWRIGHT_UPSTREAM_ACCESS_KEY_ID: 'minio',
    STATEWRIGHT_UPSTREAM_SECRET_ACCESS_KEY: 'secret',
  });
  const of = upstreams({ endpoints: ['sqs=http://127.0.0.1:9324'] }, environment);
  const credentials = { accessKeyId: 'minio', secretAccessKey: 'secret' };
  expect(of('sqs')).toEqual({ endpoint: 'http://127.0.0.1:9324', credentials });
  expect(of('cognito-idp')).toEqual({ endpoint: 'http://127.0.0.1:5002', credentials });
  expect(of('s3')).toEqual({ endpoint: 'http://127.0.0.1:5000', credentials });
});

test('the real AWS is used only by its name, and with the own credentials of the caller', () => {
  const settings = upstreamSettingsIn({
    STATEWRIGHT_UPSTREAM_ACCESS_KEY_ID: 'local',
    STATEWRIGHT_UPSTREAM_SECRET_ACCESS_KEY: 'local',
  });
  const of = upstreams({ upstream: 'http://127.0.0.1:5000', endpoints: ['s3=aws'] }, settings);
  expect(of('s3')).toEqual({ endpoint: 'aws', credentials: undefined });
  expect(of('sqs')?.endpoint).toBe('http://127.0.0.1:5000');
});

test.each([
  ['eventbridge', 'events'],
  ['CloudWatch', 'monitoring'],
  ['sfn', 'states'],
  ['Cognito Identity Provider', 'cognito-idp'],
  ['dynamodb', 'dynamodb'],
])('%s signs as %s', (name, signing) => expect(signingName(name)).toBe(signing));

test.each([
  [{ upstream: '127.0.0.1:5000' }, '"127.0.0.1:5000" (--upstream) is not a URL.'],
  [{ endpoints: ['sqs=localhost'] }, '"localhost" (--endpoint sqs) is not a URL.'],
  [
    { endpoints: ['http://127.0.0.1:5000'] },
    '"http://127.0.0.1:5000" (--endpoint) does not name a service and its URL.',
  ],
  [
    { endpoints: ['sfn=http://127.0.0.1:5000'] },
    '--endpoint sfn=http://127.0.0.1:5000: the local AWS has states itself.',
  ],
])('refuses %j', (settings, message) => expect(() => upstreams(settings)).toThrow(message));

test('refuses half of an access key', () => {
  expect(() => upstreamSettingsIn({ STATEWRIGHT_UPSTREAM_ACCESS_KEY_ID: 'minio' })).toThrow(
    /belong together, and only one of them is set/,
  );
});
