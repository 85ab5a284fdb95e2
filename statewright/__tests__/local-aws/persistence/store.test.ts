import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTable } from '../../../src/local-aws/memory-table';
import { StorageError } from '../../../src/local-aws/storage-error';
import type { OpenTable, Table, TableOptions } from '../../../src/local-aws/table';
import { testStores } from './test-stores';

const { folder, open, openKilled } = testStores();

const places: NonNullable<TableOptions<unknown>['values']>[] = ['memory', 'disk'];

test.each(places)(
  'what was set is found again in its order, also when nothing was closed: %s',
  async (values) => {
    const { openTable } = await open();
    const table = openTable<unknown>('a', { values });
    table.set('x', { n: 1 });
    table.set('y', { n: 2, text: 'line\nbreak \u2028 “ü”' });
    table.set('x', { n: 3 });
    table.set('z', { n: 4 });
    table.delete('z');
    table.delete('never');
    table.setAll([
      ['long', { text: 'x'.repeat(100_000) }],
      ['bytes', new Uint8Array([0, 255, 13])],
    ]);
    table.setAll([['one', 1]]);
    table.set('gone', 1);
    table.deleteAll(['gone', 'one']);
    openTable('b').set('x', 'other table');

    const killed = await openKilled();
    const found = killed.openTable<unknown>('a', { values });
    expect([...found.keys()]).toEqual(['x', 'y', 'long', 'bytes']);
    expect([...found.values()]).toEqual([
      { n: 3 },
      { n: 2, text: 'line\nbreak \u2028 “ü”' },
      { text: 'x'.repeat(100_000) },
      new Uint8Array([0, 255, 13]),
    ]);
    expect([...killed.openTable('b').values()]).toEqual(['other table']);
  },
);

test.each(places)('a table reads as a Map does: %s', async (values) => {
  const table = (await open()).openTable<number>('a', { values });
  table.set('x', 1);
  expect([table.get('x'), table.has('x'), table.has('y'), table.size, table.get('y')]).toEqual([
    1,
    true,
    false,
    1,
    undefined,
  ]);
  expect([table.delete('y'), table.delete('x'), table.size]).toEqual([false, true, 0]);
});

test('many records are set all, or none', async () => {
  const { openTable } = await open();
  const table = openTable<unknown>('a');
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(() =>
    table.setAll([
      ['x', 1],
      ['y', circular],
    ]),
  ).toThrow('circular');
  expect(table.size).toBe(0);
  table.set('z', 1);
  expect([...(await openKilled()).openTable('a').keys()]).toEqual(['z']);
});

test('a table of files keeps each value as a file of that name', async () => {
  const table = (await open()).openTable<Uint8Array>('packages', { values: 'files' });
  table.set('abc', new Uint8Array([1, 2]));
  table.set('def', new Uint8Array([3]));
  table.delete('def');
  expect(readdirSync(join(folder(), 'packages'))).toEqual(['abc']);
  const found = (await openKilled()).openTable<Uint8Array>('packages', { values: 'files' });
  expect([found.size, found.has('def'), found.get('def')]).toEqual([1, false, undefined]);
  expect([...(found.get('abc') ?? [])]).toEqual([1, 2]);
  expect(() => found.set('../abc', new Uint8Array())).toThrow('"../abc" cannot be the name of a file');
});

test('only its owner can read the folder', async () => {
  const inner = join(folder(), 'account');
  await open(inner);
  if (process.platform !== 'win32') expect(statSync(inner).mode & 0o777).toBe(0o700);
});

describe('the lists of a table', () => {
  interface Order {
    readonly shop: string;
    readonly open?: true;
    readonly items: number;
  }
  const options = (order: 'added' | 'key'): TableOptions<Order> => ({
    values: 'disk',
    lists: {
      of: ({ shop, open: isOpen }) => (isOpen ? [shop, `${shop} open`] : [shop]),
      order,
      weigh: ({ items }) => items,
    },
  });
  const places: [string, () => Promise<OpenTable>][] = [
    ['on disk', async () => (await open()).openTable],
    ['in memory', async () => memoryTable],
  ];
  const itemsOf = (table: Table<Order>, ...range: Parameters<Table<Order>['lists']['read']>) =>
    [...table.lists.read(...range)].map(({ value }) => value.items);

  test.each(places)('follow the records: %s', async (_, openTable) => {
    const table = (await openTable())<Order>('orders', options('added'));
    table.set('c', { shop: 'x', open: true, items: 1 });
    table.setAll([
      ['b', { shop: 'y', items: 20 }],
      ['a', { shop: 'x', open: true, items: 3 }],
    ]);
    expect(itemsOf(table, 'x')).toEqual([1, 3]);
    expect(itemsOf(table, 'x open')).toEqual([1, 3]);
    table.set('c', { shop: 'x', items: 4 });
    expect(itemsOf(table, 'x')).toEqual([4, 3]);
    expect(itemsOf(table, 'x open')).toEqual([3]);
    expect(table.lists.total('x')).toEqual({ count: 2, weight: 7 });
    table.delete('a');
    table.delete('never');
    expect(itemsOf(table, 'x')).toEqual([4]);
    expect(table.lists.total('x')).toEqual({ count: 1, weight: 4 });
    expect([table.lists.total('x open'), table.lists.total('z')]).toEqual([
      { count: 0, weight: 0 },
      { count: 0, weight: 0 },
    ]);
    table.deleteAll(['b', 'c']);
    expect([itemsOf(table, 'x'), itemsOf(table, 'y')]).toEqual([[], []]);
  });

  test.each(places)('are read in both directions, from any place: %s', async (_, openTable) => {
    const table = (await openTable())<Order>('orders', options('added'));
    const all = Array.from({ length: 100 }, (_, items) => items);
    table.setAll(all.map((items) => [`k${items}`, { shop: items % 10 === 9 ? 'y' : 'x', items }]));
    const inX = all.filter((items) => items % 10 !== 9);
    expect(itemsOf(table, 'x')).toEqual(inX);
    expect(itemsOf(table, 'x', { reverse: true })).toEqual([...inX].reverse());
    expect(itemsOf(table, 'x', { skip: 85 })).toEqual(inX.slice(85));
    expect(itemsOf(table, 'x', { skip: 88, reverse: true })).toEqual([1, 0]);
    const [, second, third] = [...table.lists.read('x')].map(({ place }) => place);
    expect(itemsOf(table, 'x', { from: second ?? '', before: third ?? '' })).toEqual([1]);
    expect(itemsOf(table, 'x', { before: third ?? '', reverse: true })).toEqual([1, 0]);
  });

  test.each(places)('lose records from any place: %s', async (_, openTable) => {
    const table = (await openTable())<Order>('orders', options('added'));
    const all = Array.from({ length: 20 }, (_, items) => items);
    table.setAll(all.map((items) => [`k${items}`, { shop: items % 2 === 0 ? 'x' : 'y', items }]));
    table.deleteAll(['k13', 'k4', 'k8', 'k9', 'never', 'k4']);
    const even = [0, 2, 6, 10, 12, 14, 16, 18];
    expect([itemsOf(table, 'x'), itemsOf(table, 'y')]).toEqual([even, [1, 3, 5, 7, 11, 15, 17, 19]]);
    expect(table.lists.total('x')).toEqual({ count: 8, weight: 78 });
    table.deleteAll(even.map((items) => `k${items}`));
    expect(table.lists.total('x')).toEqual({ count: 0, weight: 0 });
    expect(itemsOf(table, 'y')).toHaveLength(8);
  });

  test.each(places)('are in the order of the keys: %s', async (_, openTable) => {
    const table = (await openTable())<Order>('orders', options('key'));
    for (const key of ['b', 'd', 'a', 'c']) table.set(key, { shop: 'x', items: key.charCodeAt(0) - 96 });
    expect(itemsOf(table, 'x')).toEqual([1, 2, 3, 4]);
    expect(itemsOf(table, 'x', { from: 'b', before: 'd' })).toEqual([2, 3]);
    expect([...table.keys('b')]).toEqual(['b']);
  });

  test('are as before a change that failed', async () => {
    const table = (await open()).openTable<Order>('orders', options('added'));
    table.set('a', { shop: 'x', items: 1 });
    expect(table.lists.total('x').count).toBe(1);
    const circular: Record<string, unknown> = { shop: 'x', items: 5 };
    circular.self = circular;
    const change = () =>
      table.setAll([
        ['b', { shop: 'x', items: 2 }],
        ['c', circular as unknown as Order],
      ]);
    expect(change).toThrow('circular');
    expect([itemsOf(table, 'x'), table.lists.total('x')]).toEqual([[1], { count: 1, weight: 1 }]);
    table.set('b', { shop: 'new', items: 3 });
    const killed = (await openKilled()).openTable<Order>('orders', options('added'));
    expect([itemsOf(killed, 'x'), itemsOf(killed, 'new')]).toEqual([[1], [3]]);
  });
});

test('changes of several tables are made all, or none', async () => {
  const { openTable } = await open();
  const [one, two] = ['one', 'two'].map((name) => openTable<number>(name, { values: 'disk' }));
  one?.together(() => {
    one.set('a', 1);
    two?.set('a', 2);
  });
  const fail = () =>
    one?.together(() => {
      two?.set('b', 3);
      throw new Error('stop');
    });
  expect(fail).toThrow('stop');
  expect([one?.get('a'), two?.get('a'), two?.get('b')]).toEqual([1, 2, undefined]);
});

test('a table in memory returns its oldest values, too', () => {
  const table = memoryTable<{ readonly n: number }>('many', { values: 'disk' });
  for (let n = 0; n < 3000; n++) table.set(`k${n}`, { n });
  table.set('k1', { n: -1 });
  table.delete('k2');
  expect([table.size, table.get('k0'), table.get('k1'), table.get('k2'), table.get('k2999')]).toEqual([
    2999,
    { n: 0 },
    { n: -1 },
    undefined,
    { n: 2999 },
  ]);
  expect([...table.keys('k299')]).toHaveLength(11);
  expect([...table.values()].reduce((sum, { n }) => sum + n, 0)).toBe((2999 * 3000) / 2 - 1 - 1 - 2);
});

test.each(places)(
  'an account whose folder was removed takes no changes, and leaves another one there alone: %s',
  async (values) => {
    const first = await open();
    const table = first.openTable<string>('a', { values });
    rmSync(folder(), { recursive: true });
    const set = () => table.set('x', 'lost');
    expect(set).toThrow(/cannot be read or written: its file account\.db was removed or replaced$/);

    const second = await open();
    second.openTable<string>('b').set('y', 'kept');
    expect(set).toThrow(StorageError);
    first.close();
    expect([...(await openKilled()).openTable<string>('b').values()]).toEqual(['kept']);
  },
);

test('a file is not kept alone in a folder that was removed', async () => {
  const table = (await open()).openTable<Uint8Array>('packages', { values: 'files' });
  rmSync(folder(), { recursive: true });
  expect(() => table.set('x', new Uint8Array([1]))).toThrow(StorageError);
  await open();
});
