import { MemoryTable } from '../memory-table';
import type { Table } from '../table';
import type { DatabaseTable } from './database-table';

/** A table all of whose values are in memory, too: only changes go to the database, and those first. */
export class CachedTable<T> implements Table<T> {
  readonly #database: DatabaseTable<T>;
  readonly #memory: MemoryTable<T>;

  constructor(database: DatabaseTable<T>) {
    this.#database = database;
    this.#memory = new MemoryTable();
    this.#memory.setAll(database.entries());
  }

  get size(): number {
    return this.#memory.size;
  }

  get lists() {
    return this.#database.lists;
  }

  get = (key: string): T | undefined => this.#memory.get(key);
  has = (key: string): boolean => this.#memory.has(key);
  keys = (prefix?: string): Iterable<string> => this.#memory.keys(prefix);
  values = (): Iterable<T> => this.#memory.values();

  set(key: string, value: T): void {
    this.#database.set(key, value);
    this.#memory.set(key, value);
  }

  delete(key: string): boolean {
    return this.#memory.has(key) && this.#database.delete(key) && this.#memory.delete(key);
  }

  setAll(entries: Iterable<readonly [string, T]>): void {
    const all = [...entries];
    this.#database.setAll(all);
    this.#memory.setAll(all);
  }

  deleteAll(keys: Iterable<string>): void {
    const all = [...keys];
    this.#database.deleteAll(all);
    this.#memory.deleteAll(all);
  }

  together(work: () => void): void {
    this.#database.together(work);
  }
}
