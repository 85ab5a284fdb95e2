import { memoryTable } from '../../../src/local-aws/memory-table';
import { LockTable } from '../../../src/local-aws/object-store/lock-table';
import { ObjectStore } from '../../../src/local-aws/object-store/object-store';
import { lastingTables, testContext } from '../context';

const content = (text: string) => ({ body: Buffer.from(text), contentType: 'text/plain' });

describe('ObjectStore', () => {
  let store: ObjectStore;
  beforeEach(() => {
    store = new ObjectStore(testContext(), memoryTable);
  });

  test('keeps an object with its type, size and MD5', async () => {
    const { eTag } = await store.putObject('b', 'a/c', content('x\u0000é'));
    expect(store.getObject('b', 'a/c')).toMatchObject({ ...content('x\u0000é'), key: 'a/c', size: 4, eTag });
    expect(eTag).toMatch(/^"[0-9a-f]{32}"$/);
    store.deleteObject('b', 'a/c');
    expect(() => store.getObject('b', 'a/c')).toThrow(
      expect.objectContaining({ code: 'NoSuchKey', status: 404 }),
    );
    expect(() => store.deleteObject('b', 'a/c')).not.toThrow();
  });

  test('keeps a large object once, until it is replaced or deleted', async () => {
    const openTable = lastingTables();
    const contents = openTable<Uint8Array>('object-store.contents');
    const large = content('x'.repeat(2_000_000));
    let number = 0;
    const context = { ...testContext(), uuid: () => `id-${++number}` };
    store = new ObjectStore(context, openTable);
    await store.putObject('b', 'k', content('small'));
    await store.putObject('b', 'k', large);
    await store.putObject('b', 'k', large);
    await store.putObject('b', 'other', large);
    expect(Buffer.compare(store.getObject('b', 'k').body, large.body)).toBe(0);
    expect(contents.size).toBe(2);

    store.deleteObject('b', 'other');
    contents.set('of-an-interrupted-change', large.body);
    store = new ObjectStore(context, openTable);
    expect(contents.size).toBe(1);
    expect(store.getObject('b', 'k')).toMatchObject({ size: 2_000_000, contentType: 'text/plain' });
    await store.putObject('b', 'k', content('small'));
    expect([contents.size, String(store.getObject('b', 'k').body)]).toEqual([0, 'small']);
  });

  test('lists one bucket by a prefix, sorted', async () => {
    for (const key of ['é', 'a/2', 'a/1', 'Z']) await store.putObject('b', key, content(key));
    await store.putObject('other', 'a/3', content(''));
    expect(store.listObjects('b').map(({ key }) => key)).toEqual(['Z', 'a/1', 'a/2', 'é']);
    expect(store.listObjects('b', 'a/').map(({ key }) => key)).toEqual(['a/1', 'a/2']);
  });

  test('checks conditions', async () => {
    const failed = expect.objectContaining({ code: 'PreconditionFailed', status: 412 });
    const put = (conditions: object) => store.putObject('b', 'k', { ...content('x'), ...conditions });
    await expect(put({ ifMatch: '"0"' })).rejects.toThrow(expect.objectContaining({ code: 'NoSuchKey' }));
    const { eTag } = await put({ ifNoneMatch: '*' });
    await expect(put({ ifNoneMatch: '*' })).rejects.toThrow(failed);
    await expect(put({ ifMatch: '"0"' })).rejects.toThrow(failed);
    await expect(put({ ifMatch: eTag })).resolves.toBeDefined();
    expect(() => store.deleteObject('b', 'k', { ifMatch: '"0"' })).toThrow(failed);
    store.deleteObject('b', 'k', { ifMatch: eTag });
  });
});

test('LockTable grants a lock to one holder at a time', () => {
  const locks = new LockTable(memoryTable);
  const item = { LockID: { S: 'a' }, Info: { S: 'first' } };
  locks.putItem('t', 'a', item, true);
  expect(() => locks.putItem('t', 'a', { LockID: { S: 'a' } }, true)).toThrow(
    expect.objectContaining({ code: 'ConditionalCheckFailedException', status: 400 }),
  );
  expect(locks.getItem('t', 'a')).toEqual(item);
  expect(locks.getItem('other', 'a')).toBeUndefined();
  locks.deleteItem('t', 'a');
  locks.putItem('t', 'a', item, true);
});
