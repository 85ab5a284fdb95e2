import { setImmediate as nextTurn } from 'node:timers/promises';
import { readUploadedCode, withCheckedCode } from '../../../src/local-aws/lambda/code-thread';
import { localLambda, zip } from './support';

/** Resolves with the number of turns that other work gets, and with the result. */
async function turnsDuring<T>(work: Promise<T>) {
  let isDone = false;
  const settled = work.finally(() => {
    isDone = true;
  });
  settled.catch(() => {});
  let turns = 0;
  for (; !isDone; turns++) await nextTurn();
  return { turns, result: await settled };
}

/** Small as a zip, but not unzipped. */
const large = zip({
  'index.js': 'exports.handler = async () => require("./data").length;',
  'data.js': `module.exports = "${'x'.repeat(5_000_000)}";`,
});
const request = (ZipFile: unknown) => ({ FunctionName: 'f', Code: { ZipFile } });

describe('others continue while a large package', () => {
  test('is read in a request', async () => {
    const ZipFile = Buffer.alloc(1_500_000, 7);
    const { buffer: body } = new TextEncoder().encode(JSON.stringify(request(ZipFile.toString('base64'))));
    const { turns, result } = await turnsDuring(readUploadedCode('CreateFunction', body));
    expect(result).toMatchObject({ FunctionName: 'f' });
    expect(ZipFile.equals((result.Code as { ZipFile: Uint8Array }).ZipFile)).toBe(true);
    expect(turns).toBeGreaterThan(1);
  });

  test('is checked, and unpacked', async () => {
    const base64 = Buffer.from(large).toString('base64');
    const checked = await turnsDuring(withCheckedCode('CreateFunction', request(base64)));
    expect(checked.turns).toBeGreaterThan(1);

    const { create, lambda } = localLambda({ sandbox: false });
    create('f', (checked.result.Code as { ZipFile: Uint8Array }).ZipFile);
    const { result } = await turnsDuring(lambda.invoke({ FunctionName: 'f' }));
    expect(result.Payload).toBe('5000000');
    await lambda.close();
  });

  test('is refused', async () => {
    const zipFile = Buffer.alloc(1_500_000);
    const { turns, result } = await turnsDuring(withCheckedCode('CreateFunction', request(zipFile)));
    expect(turns).toBeGreaterThan(1);
    const { create } = localLambda();
    expect(() => create('f', (result.Code as { ZipFile: Uint8Array }).ZipFile)).toThrow(
      'Could not unzip uploaded file.',
    );
  });
});

test('the body of a large request that is not JSON is refused', async () => {
  const { buffer: body } = new Uint8Array(1_500_000).fill(0x5b);
  await expect(readUploadedCode('CreateFunction', body)).rejects.toThrow('The request is not valid JSON');
});
