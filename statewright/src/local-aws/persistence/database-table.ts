import type { Table, TableOptions } from '../table';
import type { Database } from './database';
import { storageErrorOf } from './errors';
import { decode, encode, type StoredValue } from './record-format';

interface Row extends StoredValue {
  readonly key: string;
}

/** What the tables of one account share. */
export interface AccountDatabase {
  readonly database: Database;
  /** The account's folder, for errors. */
  readonly folder: string;
}

/** A table of a database; values are read from it by each `get`. */
export class DatabaseTable<T> implements Table<T> {
  readonly #account: AccountDatabase;
  readonly #name: string;
  readonly #durability: TableOptions['durability'];
  readonly #statements: ReturnType<typeof prepare>;

  constructor(account: AccountDatabase, name: string, { durability = 'synced' }: TableOptions) {
    this.#account = account;
    this.#name = name;
    this.#durability = durability;
    this.#statements = prepare(account.database, name);
  }

  get size(): number {
    return this.#try(() => this.#statements.count.get() as { readonly count: number }).count;
  }

  get(key: string): T | undefined {
    return this.#try(() => {
      const row = this.#statements.get.get(key) as Row | undefined;
      return row && this.#decode(row);
    });
  }

  has(key: string): boolean {
    return this.#try(() => this.#statements.has.get(key) !== undefined);
  }

  keys(): string[] {
    return this.#try(() => (this.#statements.keys.all() as Row[]).map(({ key }) => key));
  }

  *values(): Generator<T> {
    // A query that is not read to its end would keep the database open.
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield value;
    }
  }

  /** All records, to be read to the end; what cannot be read throws as it is. */
  *entries(): Generator<[key: string, value: T], undefined> {
    for (const row of this.#statements.rows.iterate() as Iterable<Row>) yield [row.key, this.#decode(row)];
  }

  set(key: string, value: T): void {
    this.#try(() => {
      this.#synchronize();
      this.#upsert(key, value);
    });
  }

  delete(key: string): boolean {
    return this.#try(() => {
      this.#synchronize();
      return this.#statements.delete.run(key).changes > 0;
    });
  }

  setAll(entries: Iterable<readonly [string, T]>): void {
    const all = [...entries];
    if (all.length === 1) for (const [key, value] of all) this.set(key, value);
    else
      this.#transaction(() => {
        for (const [key, value] of all) this.#upsert(key, value);
      });
  }

  deleteAll(keys: Iterable<string>): void {
    this.#transaction(() => {
      for (const key of keys) this.#statements.delete.run(key);
    });
  }

  #upsert(key: string, value: T): void {
    const stored = encode(key, value);
    this.#statements.upsert.run(key, stored.form, stored.value, stored.checksum);
  }

  #decode(row: Row): T {
    const value = row.value as Row['value'] | ArrayBuffer;
    try {
      return decode(row.key, {
        ...row,
        value: value instanceof ArrayBuffer ? new Uint8Array(value) : value,
      }) as T;
    } catch (error) {
      throw new Error(`record ${JSON.stringify(row.key)} of ${this.#name}: ${(error as Error).message}`);
    }
  }

  #transaction(work: () => void): void {
    const { database } = this.#account;
    this.#try(() => {
      if (database.inTransaction) return work();
      this.#synchronize();
      database.exec('BEGIN');
      try {
        work();
        database.exec('COMMIT');
      } catch (error) {
        // SQLite has undone everything already after some failures.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #synchronize(): void {
    const { database } = this.#account;
    if (levels.get(database) === this.#durability || database.inTransaction) return;
    database.exec(`PRAGMA synchronous = ${this.#durability === 'synced' ? 'FULL' : 'NORMAL'}`);
    levels.set(database, this.#durability);
  }

  #try<R>(work: () => R): R {
    try {
      return work();
    } catch (error) {
      throw storageErrorOf(this.#account.folder, error);
    }
  }
}

/** How the last change of a database was synchronized. */
const levels = new WeakMap<Database, TableOptions['durability']>();

/** Records keep the position at which their key was added. */
function prepare(database: Database, name: string) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${name}"
       (position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, form INTEGER, value, checksum INTEGER)`,
  );
  const columns = 'key, form, value, checksum';
  return {
    upsert: database.prepare(
      `INSERT INTO "${name}" (${columns}) VALUES (?, ?, ?, ?) ON CONFLICT (key)
         DO UPDATE SET form = excluded.form, value = excluded.value, checksum = excluded.checksum`,
    ),
    delete: database.prepare(`DELETE FROM "${name}" WHERE key = ?`),
    get: database.prepare(`SELECT ${columns} FROM "${name}" WHERE key = ?`),
    has: database.prepare(`SELECT 1 FROM "${name}" WHERE key = ?`),
    rows: database.prepare(`SELECT ${columns} FROM "${name}" ORDER BY position`),
    keys: database.prepare(`SELECT key FROM "${name}" ORDER BY position`),
    count: database.prepare(`SELECT count(*) AS count FROM "${name}"`),
  };
}
