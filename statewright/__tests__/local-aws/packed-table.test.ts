import { PackedTable } from '../../src/local-aws/packed-table';

/** Values of 20 KB, and some of 300 KB: some are kept as they are, some as JSON, and the oldest compressed. */
const COUNT = 3000;
const exampleOf = (id: number) => ({ id, text: `${id} é →`.padEnd(id % 100 === 7 ? 300_000 : 20_000, 'x') });
const keyOf = (id: number) => `key-${id}`;

const table = new PackedTable<ReturnType<typeof exampleOf>>();
for (let id = 0; id < COUNT; id++) table.set(keyOf(id), exampleOf(id));

test('every value is returned as it was set, however old it is', () => {
  expect(table.size).toBe(COUNT);
  const changed = Array.from({ length: COUNT }, (_, id) => id).filter(
    (id) => JSON.stringify(table.get(keyOf(id))) !== JSON.stringify(exampleOf(id)),
  );
  expect(changed).toEqual([]);
  expect([...table.values()].map(({ id }) => id).sort((a, b) => a - b)).toEqual(
    Array.from({ length: COUNT }, (_, id) => id),
  );
});

test.each([0, 1500, 2999])('value %d is replaced and deleted', (id) => {
  table.set(keyOf(id), { id, text: 'new' });
  expect(table.get(keyOf(id))).toEqual({ id, text: 'new' });
  expect(table.size).toBe(COUNT);

  expect(table.delete(keyOf(id))).toBe(true);
  expect([table.get(keyOf(id)), table.has(keyOf(id)), table.delete(keyOf(id))]).toEqual([
    undefined,
    false,
    false,
  ]);
  expect([...table.keys(keyOf(id))].includes(keyOf(id))).toBe(false);
  table.set(keyOf(id), exampleOf(id));
});

test.each<[string, (keys: readonly string[]) => void]>([
  ['one by one', (keys) => keys.forEach((key) => void table.delete(key))],
  ['together', (keys) => table.deleteAll(keys)],
])('after most values were deleted %s, the others are as they were, in the same order', (_, deleteThem) => {
  const before = [...table.keys()];
  const left = before.filter((_, index) => index % 20 === 0);
  deleteThem(before.filter((_, index) => index % 20 !== 0));

  expect([...table.keys()]).toEqual(left);
  expect([...table.values()].map(({ id }) => keyOf(id))).toEqual(left);
});
