import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../../src/local-aws/persistence/store';
import type { TableOptions } from '../../../src/local-aws/table';
import { asIfKilled } from './killed';

let folder: string;
const opened: Store[] = [];
const copies: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  for (const place of [folder, ...copies.splice(0)]) rmSync(place, { recursive: true });
});

async function open(place = folder): Promise<Store> {
  const store = await openStore(place);
  opened.push(store);
  return store;
}

/** What is found after the process was killed at this moment. */
async function openKilled(): Promise<Store> {
  const copy = asIfKilled(folder);
  copies.push(copy);
  return open(copy);
}

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
  expect(readdirSync(join(folder, 'packages'))).toEqual(['abc']);
  const found = (await openKilled()).openTable<Uint8Array>('packages', { values: 'files' });
  expect([found.size, found.has('def'), found.get('def')]).toEqual([1, false, undefined]);
  expect([...(found.get('abc') ?? [])]).toEqual([1, 2]);
  expect(() => found.set('../abc', new Uint8Array())).toThrow('"../abc" cannot be the name of a file');
});

test('only its owner can read the folder', async () => {
  const inner = join(folder, 'account');
  await open(inner);
  if (process.platform !== 'win32') expect(statSync(inner).mode & 0o777).toBe(0o700);
});
