import { createHash, randomBytes } from 'node:crypto';
import { digest, toBase64 } from '../../src/local-aws/in-pieces';

test.each([0, 1, 3 * 2 ** 20, 7_000_000])(
  '%d bytes have the hash and the base64 of the whole',
  async (length) => {
    // Not at the beginning of its buffer.
    const bytes = randomBytes(length + 5).subarray(5);
    expect(await digest('sha256', bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await digest('md5', bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
    expect((await toBase64(bytes)) === bytes.toString('base64')).toBe(true);
  },
);

test('others have their turn', async () => {
  const order: string[] = [];
  const done = digest('sha256', new Uint8Array(7_000_000)).then(() => order.push('hashed'));
  setImmediate(() => order.push('another'));
  await done;
  expect(order).toEqual(['another', 'hashed']);
});
