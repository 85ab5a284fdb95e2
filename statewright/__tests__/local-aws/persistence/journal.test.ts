import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../../src/local-aws/persistence/journal';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a table holds when the folder is opened anew. */
function reopened<T>(name: string): T[] {
  const journal = openJournal(folder);
  const values = [...journal.openTable<T>(name).values()];
  journal.close();
  return values;
}

/** Makes changes and then lets the process be killed: nothing is closed. */
function killedAfter(change: (journal: ReturnType<typeof openJournal>) => void): void {
  change(openJournal(folder));
}

test('what was set is there again, in its order, also when nothing was closed', () => {
  killedAfter(({ openTable }) => {
    const table = openTable<object>('a');
    table.set('x', { n: 1 });
    table.set('y', { n: 2, text: 'line\nbreak \u2028 “ü”' });
    table.set('x', { n: 3 });
    table.set('z', { n: 4 });
    table.delete('z');
    table.delete('never');
    openTable('b').set('x', 'other table');
  });
  expect(reopened('a')).toEqual([{ n: 3 }, { n: 2, text: 'line\nbreak \u2028 “ü”' }]);
  expect(reopened('b')).toEqual(['other table']);
});

test('a table reads as a Map does', () => {
  const { openTable, close } = openJournal(folder);
  const table = openTable<number>('a');
  table.set('x', 1);
  expect([table.get('x'), table.has('x'), table.size, table.get('y'), table.delete('y')]).toEqual([
    1,
    true,
    1,
    undefined,
    false,
  ]);
  close();
});

test('a line that was being written when the process was killed is left out', () => {
  killedAfter(({ openTable }) => openTable('a').set('x', 1));
  const [name = ''] = readdirSync(folder).filter((file) => file.startsWith('journal-'));
  appendFileSync(join(folder, name), '{"table":"a","key":"x","val');
  expect(reopened('a')).toEqual([1]);
  expect(reopened('a')).toEqual([1]);
});

test('a snapshot that was being written is left out, whole ones of old are removed', () => {
  killedAfter(({ openTable }) => openTable('a').set('x', 1));
  writeFileSync(join(folder, 'snapshot-7.jsonl.new'), '{"table":"a","key":"x","value":9}\n');
  expect(reopened('a')).toEqual([1]);
  expect(readdirSync(folder).sort()).toEqual(['journal-2.jsonl', 'snapshot-2.jsonl']);
});

test('a journal counts only with its own snapshot', () => {
  killedAfter(({ openTable }) => openTable('a').set('x', 1));
  // Killed after the new snapshot was there and before the old journal was removed.
  const old = readFileSync(join(folder, 'journal-1.jsonl'));
  reopened('a');
  killedAfter(({ openTable }) => openTable('a').delete('x'));
  writeFileSync(join(folder, 'journal-1.jsonl'), old);
  expect(reopened('a')).toEqual([]);
});

test('a damaged file is named, with the line', () => {
  writeFileSync(join(folder, 'snapshot-1.jsonl'), '{"table":"a","key":"x","value":1}\nnot json\n');
  expect(() => openJournal(folder)).toThrow(/snapshot-1\.jsonl cannot be read at line 2\./);
});

test('a folder is for one process; that of a process which has gone can be taken', () => {
  // Process 1 always runs; this number never does.
  writeFileSync(join(folder, 'lock'), '1');
  expect(() => openJournal(folder)).toThrow(`${folder} is in use by process 1.`);
  writeFileSync(join(folder, 'lock'), '4194999');
  expect(() => reopened('a')).not.toThrow();
});
