import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { DamagedAccountError } from '../errors';

/**
 * The format in which version 0.1.0 kept accounts, which is only read any more: `snapshot-N.jsonl` has the records as they
 * were when the account was opened for the Nth time, `journal-N.jsonl` each change since. A line is one entry.
 */
interface Entry {
  readonly table: string;
  readonly key: string;
  /** Undefined: the record was deleted. */
  readonly value?: unknown;
}

/** An entry, and where it was read. */
interface PlacedEntry extends Entry {
  readonly file: string;
  readonly line: number;
}

const files = /^(snapshot|journal)-(\d+)\.jsonl(?:\.new)?$/;

/** The names of the format's files in a folder. */
export const journalFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => files.test(name));

/**
 * Reads an account: its newest snapshot, then what changed since. A journal counts only with the snapshot of its number;
 * an older one was about to be removed when the process was killed.
 * @throws DamagedAccountError
 */
export function* readJournal(folder: string): Generator<PlacedEntry> {
  const numbers = (kind: string) =>
    readdirSync(folder).map((name) => {
      const [, ofKind, number] = files.exec(name) ?? [];
      return ofKind === kind && !name.endsWith('.new') ? Number(number) : 0;
    });
  const newest = Math.max(0, ...numbers('snapshot'));
  const journal = Math.max(0, ...numbers('journal'));
  if (journal > newest) {
    throw new DamagedAccountError(
      join(folder, `journal-${journal}.jsonl`),
      `the file snapshot-${journal}.jsonl, which it belongs to, is missing`,
    );
  }
  yield* readEntries(join(folder, `snapshot-${newest}.jsonl`));
  const last = join(folder, `journal-${newest}.jsonl`);
  if (existsSync(last)) yield* readEntries(last);
}

/**
 * A last line without its end was being written when the process was killed: nobody was told that it had been, and it is
 * left out.
 */
function* readEntries(path: string): Generator<PlacedEntry> {
  let line = 0;
  for (const text of completeLines(path)) {
    line++;
    const entry = parse(text);
    if (entry === undefined) throw notAnEntry(path, line);
    yield { ...entry, file: path, line };
  }
}

export const notAnEntry = (file: string, line: number) =>
  new DamagedAccountError(file, `line ${line} is not an entry of a journal`);

function parse(text: string): Entry | undefined {
  try {
    const { table, key, value } = JSON.parse(text);
    const known = typeof table === 'string' && typeof key === 'string';
    return known && (value === undefined || isRecord(table, key, value)) ? { table, key, value } : undefined;
  } catch {
    return undefined;
  }
}

/** A record has its key as a member, but for streams, whose key is made of two, and for code, which is text. */
function isRecord(table: string, key: string, value: unknown): boolean {
  if (table === 'lambda.code') return typeof value === 'string';
  if (typeof value !== 'object' || value === null) return false;
  return table === 'logs.streams' || Object.values(value).includes(key);
}

/** Lines that have an end, read in chunks: a journal can be longer than the longest string. */
function* completeLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const decoder = new StringDecoder();
    const chunk = Buffer.alloc(1 << 20);
    let rest: string[] = [];
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const lines = decoder.write(chunk.subarray(0, size)).split('\n');
      rest.push(lines[0] ?? '');
      for (const following of lines.slice(1)) {
        yield rest.join('');
        rest = [following];
      }
    }
  } finally {
    closeSync(file);
  }
}
