import { readUpstreams } from '../../src/cli/upstream-options';

test('the start says where requests go, and that the real AWS is one of the places', () => {
  const { notes, upstreamOf } = readUpstreams(
    { upstream: 'http://127.0.0.1:5000', endpoint: ['s3=aws'] },
    {},
  );
  expect(notes).toEqual([
    { text: 's3: the real AWS, with your own credentials. Requests change real resources.', isReal: true },
    { text: 'All other services: http://127.0.0.1:5000', isReal: false },
  ]);
  expect(upstreamOf('s3')).toEqual({ endpoint: 'aws', credentials: undefined });
  expect(readUpstreams({}, {}).notes).toEqual([]);
});

test.each([{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, { AWS_ACCESS_KEY_ID: `LOCAL${'0'.repeat(32)}` }])(
  'the real AWS is refused in a shell with %j',
  (environment) => {
    expect(() => readUpstreams({ upstream: 'aws' }, environment)).toThrow(
      'This shell has the exports of a local AWS',
    );
    expect(() => readUpstreams({ upstream: 'http://127.0.0.1:5000' }, environment)).not.toThrow();
  },
);
