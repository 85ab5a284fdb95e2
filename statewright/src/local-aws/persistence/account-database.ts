import type { TableOptions } from '../table';
import type { Database } from './database';
import type { DatabaseFile } from './database-file';
import { storageErrorOf } from './errors';

type Durability = NonNullable<TableOptions<never>['durability']>;

/** The database of one account, which its tables share. */
export class AccountDatabase {
  readonly database: Database;
  readonly #folder: string;
  readonly #file: DatabaseFile | undefined;
  readonly #undone: (() => void)[] = [];
  /** How the last change was synchronized. */
  #durability: Durability | undefined;

  /**
   * @param folder the account's, for errors
   * @param file undefined while it is made
   */
  constructor(database: Database, folder: string, file?: DatabaseFile) {
    this.database = database;
    this.#folder = folder;
    this.#file = file;
  }

  /** @throws StorageError for whatever fails */
  try<R>(work: () => R): R {
    try {
      return work();
    } catch (error) {
      throw storageErrorOf(this.#folder, error);
    }
  }

  /** To be called before each change. */
  synchronize(durability: Durability): void {
    if (this.database.inTransaction) return;
    this.#file?.check();
    if (this.#durability === durability) return;
    this.database.exec(`PRAGMA synchronous = ${durability === 'synced' ? 'FULL' : 'NORMAL'}`);
    this.#durability = durability;
  }

  /** Makes all changes of `work`, or none; as a part of the transaction that runs, if one does. */
  transaction<R>(durability: Durability, work: () => R): R {
    if (this.database.inTransaction) return work();
    this.synchronize(durability);
    this.database.exec('BEGIN');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has undone everything already after some failures.
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      for (const forget of this.#undone) forget();
      throw error;
    }
  }

  /** @param forget is called when changes were undone */
  whenUndone(forget: () => void): void {
    this.#undone.push(forget);
  }
}
