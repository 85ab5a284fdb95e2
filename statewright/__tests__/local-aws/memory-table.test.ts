import { MemoryTable } from '../../src/local-aws/memory-table';

const newTable = () =>
  new MemoryTable<{ readonly list: string; readonly weight: number }>({
    lists: { of: ({ list }) => [list, 'all'], order: 'key', weigh: ({ weight }) => weight },
  });

test('records that are set together are in the same order, and of the same weight, as those set one by one', () => {
  const keys = Array.from({ length: 500 }, (_, i) => String((i * 7919) % 1000).padStart(4, '0'));
  const records = keys.map((key, i) => [key, { list: i % 3 === 0 ? 'a' : 'b', weight: i }] as const);
  const oneByOne = newTable();
  for (const [key, value] of records) oneByOne.set(key, value);
  const together = newTable();
  for (let from = 0; from < records.length; from += 100) {
    // Each record is set twice, at first in another list.
    together.setAll(records.slice(from, from + 100).map(([key, value]) => [key, { ...value, list: 'c' }]));
    together.setAll(records.slice(from, from + 100));
  }
  for (const list of ['a', 'b', 'c', 'all']) {
    expect([...together.lists.read(list)]).toEqual([...oneByOne.lists.read(list)]);
    expect(together.lists.total(list)).toEqual(oneByOne.lists.total(list));
  }
  expect(together.size).toBe(500);
});

test('of two records with one key that are set together, the later one is kept', () => {
  const table = newTable();
  table.setAll([
    ['1', { list: 'a', weight: 1 }],
    ['1', { list: 'b', weight: 2 }],
  ]);
  expect(table.get('1')).toEqual({ list: 'b', weight: 2 });
  expect([
    table.lists.total('a').count,
    table.lists.total('b').count,
    table.lists.total('all').weight,
  ]).toEqual([0, 1, 2]);
});
