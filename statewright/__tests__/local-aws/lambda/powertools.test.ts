import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { localLambda, zip } from './support';

const { lambda, create, call, logged } = localLambda();
afterAll(() => lambda.close());

test('middy and Powertools for AWS Lambda work in a bundle', async () => {
  const [file] = buildSync({
    entryPoints: [join(__dirname, 'fixtures/powertools.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'error',
  }).outputFiles;
  create('orders', zip({ 'index.js': file?.text ?? '' }), { TracingConfig: { Mode: 'Active' }, Timeout: 30 });

  const first = await call('orders', { orderId: 'o-1' });
  expect(first.value).toEqual({ orderId: 'o-1', calls: 1 });
  // The second answer for the same order is the first one.
  expect((await call('orders', { orderId: 'o-1' })).value).toEqual(first.value);
  expect((await call('orders', { orderId: 'o-2' })).value).toEqual({ orderId: 'o-2', calls: 2 });

  const lines = logged('orders').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(lines.filter(({ message }) => message === 'charged')).toEqual([
    expect.objectContaining({
      level: 'INFO',
      service: 'orders',
      orderId: 'o-1',
      function_name: 'orders',
      cold_start: true,
      xray_trace_id: expect.stringMatching(/^1-[\da-f]{8}-[\da-f]{24}$/),
    }),
    expect.objectContaining({ orderId: 'o-2', cold_start: false }),
  ]);
  const [metric] = lines.filter((line) => line._aws !== undefined);
  expect(metric).toMatchObject({ service: 'orders', charged: 1 });
  expect(metric._aws.CloudWatchMetrics[0].Namespace).toBe('shop');
});
