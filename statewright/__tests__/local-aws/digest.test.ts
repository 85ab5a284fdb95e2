import { createHash, randomBytes } from 'node:crypto';
import { digest } from '../../src/local-aws/digest';

test.each([0, 1, 4 * 2 ** 20, 9_000_000])('the hash of %d bytes is that of the whole', async (length) => {
  // Not at the beginning of its buffer.
  const bytes = randomBytes(length + 5).subarray(5);
  expect(await digest('sha256', bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(await digest('md5', bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
});

test('others have their turn', async () => {
  const order: string[] = [];
  const done = digest('sha256', new Uint8Array(9_000_000)).then(() => order.push('hashed'));
  setImmediate(() => order.push('another'));
  await done;
  expect(order).toEqual(['another', 'hashed']);
});
