import { type ListOptions, type Lists, noLists } from '../lists';
import type { Table, TableOptions } from '../table';
import type { AccountDatabase } from './account-database';
import type { Database } from './database';
import { createLists, DatabaseLists, hasLists, type Row } from './database-lists';
import { decode, encode } from './record-format';

/** A table of a database; values are read from it by each `get`. */
export class DatabaseTable<T> implements Table<T> {
  readonly #account: AccountDatabase;
  readonly #name: string;
  readonly #durability: NonNullable<TableOptions<T>['durability']>;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #lists: DatabaseLists<T> | undefined;

  constructor(account: AccountDatabase, name: string, { durability = 'synced', lists }: TableOptions<T>) {
    this.#account = account;
    this.#name = name;
    this.#durability = durability;
    this.#statements = prepare(account.database, name);
    this.#lists = lists && this.#openLists(lists);
    account.whenUndone(() => this.#lists?.forget());
  }

  get lists(): Lists<T> {
    const lists = this.#lists;
    if (lists === undefined) return noLists;
    return {
      read: (...range) => this.#read(lists.read(...range)),
      total: (list) => this.#account.try(() => lists.total(list)),
    };
  }

  get size(): number {
    return this.#account.try(() => this.#statements.count.get() as { readonly count: number }).count;
  }

  get(key: string): T | undefined {
    return this.#account.try(() => {
      const row = this.#row(key);
      return row && this.#decode(row);
    });
  }

  has(key: string): boolean {
    return this.#account.try(() => this.#statements.has.get(key) !== undefined);
  }

  keys(prefix = ''): string[] {
    const { keys, keysWith } = this.#statements;
    return this.#account.try(() => {
      const rows = prefix === '' ? keys.all() : keysWith.all(prefix, `${prefix}\u{10ffff}`);
      return (rows as Row[]).map(({ key }) => key);
    });
  }

  *values(): Generator<T> {
    // A query that is not read to its end would keep the database open.
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield value;
    }
  }

  /** All records; what cannot be read throws as it is. */
  *entries(): Generator<[key: string, value: T], undefined> {
    for (const row of this.#rows()) yield [row.key, this.#decode(row)];
  }

  set(key: string, value: T): void {
    this.#change(() => this.#upsert(key, value));
  }

  delete(key: string): boolean {
    return this.#change(() => this.#delete(key));
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
      for (const key of keys) this.#delete(key);
    });
  }

  together(work: () => void): void {
    this.#transaction(work);
  }

  #row(key: string): Row | undefined {
    return this.#statements.get.get(key) as Row | undefined;
  }

  #upsert(key: string, value: T): void {
    const before = this.#lists && this.#row(key);
    const stored = encode(key, value);
    const { lastInsertRowid } = this.#statements.upsert.run(key, stored.form, stored.value, stored.checksum);
    this.#lists?.move(
      key,
      before?.position ?? Number(lastInsertRowid),
      before && this.#decode(before),
      value,
    );
  }

  #delete(key: string): boolean {
    const before = this.#lists && this.#row(key);
    if (before) this.#lists?.move(key, before.position, this.#decode(before), undefined);
    return this.#statements.delete.run(key).changes > 0;
  }

  /** All rows, in several queries: one that is not read to its end would keep the database open. */
  *#rows(): Generator<Row> {
    let last: Row | undefined;
    do {
      const rows = this.#statements.rows.all(last?.position ?? 0) as Row[];
      yield* rows;
      last = rows.at(-1);
    } while (last);
  }

  *#read<R>(entries: Generator<R>): Generator<R> {
    for (;;) {
      const next = this.#account.try(() => entries.next());
      if (next.done) return;
      yield next.value;
    }
  }

  #openLists(options: ListOptions<T>): DatabaseLists<T> {
    const { database } = this.#account;
    const open = () => new DatabaseLists<T>(database, this.#name, options, (row) => this.#decode(row));
    if (hasLists(database, this.#name)) return open();
    // An earlier version has written the table.
    return this.#account.transaction(this.#durability, () => {
      createLists(database, this.#name, options);
      const lists = open();
      for (const row of this.#rows()) lists.move(row.key, row.position, undefined, this.#decode(row));
      return lists;
    });
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

  /** A change of one record: with lists, it takes several statements. */
  #change<R>(work: () => R): R {
    if (this.#lists) return this.#transaction(work);
    return this.#account.try(() => {
      this.#account.synchronize(this.#durability);
      return work();
    });
  }

  #transaction<R>(work: () => R): R {
    return this.#account.try(() => this.#account.transaction(this.#durability, work));
  }
}

/** Records keep the position at which their key was added. */
function prepare(database: Database, name: string) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${name}"
       (position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, form INTEGER, value, checksum INTEGER)`,
  );
  const columns = 'key, form, value, checksum';
  const row = `position, ${columns}`;
  return {
    upsert: database.prepare(
      `INSERT INTO "${name}" (${columns}) VALUES (?, ?, ?, ?) ON CONFLICT (key)
         DO UPDATE SET form = excluded.form, value = excluded.value, checksum = excluded.checksum`,
    ),
    delete: database.prepare(`DELETE FROM "${name}" WHERE key = ?`),
    get: database.prepare(`SELECT ${row} FROM "${name}" WHERE key = ?`),
    has: database.prepare(`SELECT 1 FROM "${name}" WHERE key = ?`),
    rows: database.prepare(`SELECT ${row} FROM "${name}" WHERE position > ? ORDER BY position LIMIT 1000`),
    keys: database.prepare(`SELECT key FROM "${name}" ORDER BY position`),
    keysWith: database.prepare(`SELECT key FROM "${name}" WHERE key >= ? AND key < ? ORDER BY position`),
    count: database.prepare(`SELECT count(*) AS count FROM "${name}"`),
  };
}
