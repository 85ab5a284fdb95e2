import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenTable, Table } from '../table';
import { lockFolder } from './folder-lock';
import { type Entry, JournalFile, readEntries, writeEntries } from './journal-file';

/** An account's records in a folder. */
export interface Journal {
  readonly openTable: OpenTable;
  /** To be called when the account has closed. */
  close(): void;
}

/**
 * Opens the folder in which an account's records are kept, and makes it when it is not there. Every change is a line
 * that is added to a journal before the call that made it returns. Opening writes all records to a new snapshot and
 * begins a new journal, so that the folder holds no more than one of each; both bear the number of their generation,
 * and a journal counts only with the snapshot of its own number.
 * @throws FolderInUseError, DamagedJournalError
 */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  try {
    const generation = newestGeneration(folder);
    const tables = new Map<string, Map<string, unknown>>();
    for (const file of [snapshotFile(folder, generation), journalFile(folder, generation)]) {
      for (const entry of readEntries(file)) apply(tables, entry);
    }
    const next = generation + 1;
    writeEntries(snapshotFile(folder, next), entriesOf(tables));
    const journal = new JournalFile(journalFile(folder, next));
    removeOthers(folder, next);

    return {
      openTable: <T>(name: string): Table<T> => {
        const records = tableOf(tables, name) as Map<string, T>;
        return new JournaledTable(name, records, journal);
      },
      close: () => {
        journal.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A table in memory whose changes go to a journal. */
class JournaledTable<T> implements Table<T> {
  constructor(
    private readonly name: string,
    private readonly records: Map<string, T>,
    private readonly journal: JournalFile,
  ) {}

  get size(): number {
    return this.records.size;
  }

  get = (key: string): T | undefined => this.records.get(key);
  has = (key: string): boolean => this.records.has(key);
  values = (): MapIterator<T> => this.records.values();

  set(key: string, value: T): Map<string, T> {
    this.journal.write({ table: this.name, key, value });
    return this.records.set(key, value);
  }

  delete(key: string): boolean {
    if (!this.records.has(key)) return false;
    this.journal.write({ table: this.name, key });
    return this.records.delete(key);
  }
}

type Tables = Map<string, Map<string, unknown>>;

function tableOf(tables: Tables, name: string): Map<string, unknown> {
  let table = tables.get(name);
  if (table === undefined) {
    table = new Map();
    tables.set(name, table);
  }
  return table;
}

function apply(tables: Tables, { table, key, value }: Entry): void {
  if (value === undefined) tableOf(tables, table).delete(key);
  else tableOf(tables, table).set(key, value);
}

function* entriesOf(tables: Tables): Iterable<Entry> {
  for (const [table, records] of tables) {
    for (const [key, value] of records) yield { table, key, value };
  }
}

const snapshotFile = (folder: string, generation: number) => join(folder, `snapshot-${generation}.jsonl`);
const journalFile = (folder: string, generation: number) => join(folder, `journal-${generation}.jsonl`);
const files = /^(?:snapshot|journal)-(\d+)\.jsonl(?:\.new)?$/;

/** Of the newest snapshot that is whole; 0 when there is none. */
function newestGeneration(folder: string): number {
  const generations = readdirSync(folder).map((name) =>
    Number(/^snapshot-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0),
  );
  return Math.max(0, ...generations);
}

function removeOthers(folder: string, generation: number): void {
  for (const name of readdirSync(folder)) {
    const number = files.exec(name)?.[1];
    if (number !== undefined && Number(number) !== generation) rmSync(join(folder, name));
  }
}
