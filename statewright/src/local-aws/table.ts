/**
 * Where a service keeps its records: JSON values, or Uint8Arrays, by key, in the order in which the keys were added. A
 * record is never changed in place but set anew, so that a table on disk sees every change. A change that cannot be
 * kept throws a StorageError and leaves the table as it was.
 */
export interface Table<T> {
  readonly size: number;
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): unknown;
  /** False: there was none. */
  delete(key: string): boolean;
  keys(): Iterable<string>;
  values(): Iterable<T>;
  /** Sets many records, all or none. */
  setAll(entries: Iterable<readonly [key: string, value: T]>): void;
  /** Deletes many records, all or none. */
  deleteAll(keys: Iterable<string>): void;
}

/** How a table on disk works; tables in memory have no use for it. */
export interface TableOptions {
  /**
   * Where values are found. `memory`, the default: all are read when the table is opened. `disk`: read by each `get`, for
   * values that are large, or too many. `files`: Uint8Arrays, each in a file of its own that bears the key as its name,
   * for values of many megabytes; keys are lowercase letters, digits, `-` and `_`.
   */
  readonly values?: 'memory' | 'disk' | 'files';
  /**
   * What survives. Every change survives the end of the process, also by `kill -9`. `synced`, the default: it survives a
   * power failure, too, at the price of some milliseconds. `buffered`: a power failure may take the last changes; for
   * records that programs write at a high rate.
   */
  readonly durability?: 'synced' | 'buffered';
}

/** Opens a service's table by its name, such as `iam.roles`. */
export type OpenTable = <T>(name: string, options?: TableOptions) => Table<T>;

/** A table that lives as long as the process. */
export class MemoryTable<T> extends Map<string, T> implements Table<T> {
  setAll(entries: Iterable<readonly [string, T]>): void {
    for (const [key, value] of entries) this.set(key, value);
  }

  deleteAll(keys: Iterable<string>): void {
    for (const key of keys) this.delete(key);
  }
}

/** Tables that live as long as the process. */
export const memoryTable: OpenTable = () => new MemoryTable();

/** What a journal of version 0.1.0 does to a table whose records are kept elsewhere today. */
export interface JournalTable {
  set(key: string, value: unknown): void;
  delete(key: string): void;
}
