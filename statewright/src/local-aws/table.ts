import type { ListOptions, Lists } from './lists';

/**
 * Where a service keeps its records: JSON values, or Uint8Arrays, by key, in the order in which the keys were added. A
 * record is never changed in place but set anew, so that a table on disk sees every change. A change that cannot be
 * kept throws a StorageError and leaves the table as it was.
 */
export interface Table<T> {
  readonly size: number;
  /** The lists that the table's options define. */
  readonly lists: Lists<T>;
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): unknown;
  /** False: there was none. */
  delete(key: string): boolean;
  /** @param prefix only keys that begin with it */
  keys(prefix?: string): Iterable<string>;
  values(): Iterable<T>;
  /** Sets many records, all or none. */
  setAll(entries: Iterable<readonly [key: string, value: T]>): void;
  /** Deletes many records, all or none. */
  deleteAll(keys: Iterable<string>): void;
  /** Makes the changes of `work`, also those of the account's other tables with values on disk, all or none. */
  together(work: () => void): void;
}

/** How a value is kept as text. */
export interface TextForm<T> {
  /** Without a NUL character, which JSON does not have. */
  readonly write: (value: T) => string;
  readonly read: (text: string) => T;
}

/** How a table works. */
export interface TableOptions<T> {
  /**
   * Where values are found. `memory`, the default: all are read when the table is opened. `disk`: read by each `get`, for
   * values that are large, or too many; a table in memory keeps them in a compact form. `files`: Uint8Arrays, each in a file
   * of its own that bears the key as its name, for values of many megabytes; keys are lowercase letters, digits, `-` and `_`.
   */
  readonly values?: 'memory' | 'disk' | 'files';
  /**
   * What survives. Every change survives the end of the process, also by `kill -9`. `synced`, the default: it survives a
   * power failure, too, at the price of some milliseconds. `buffered`: a power failure may take the last changes; for
   * records that programs write at a high rate.
   */
  readonly durability?: 'synced' | 'buffered';
  /** How a table in memory keeps a value as text (default: as JSON). */
  readonly text?: TextForm<T>;
  /** Lists of records that are read in order and counted without a look at other records (default: none). */
  readonly lists?: ListOptions<T>;
}

/** Opens a service's table by its name, such as `iam.roles`. */
export type OpenTable = <T>(name: string, options?: TableOptions<T>) => Table<T>;

/** What a journal of version 0.1.0 does to a table whose records are kept elsewhere today. */
export interface JournalTable {
  set(key: string, value: unknown): void;
  delete(key: string): void;
}
