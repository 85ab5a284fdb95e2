import {
  type ListEntry,
  type ListOptions,
  type ListRange,
  type Lists,
  type ListTotal,
  moves,
  type Place,
} from '../lists';
import type { Database } from './database';
import type { StoredValue } from './record-format';

export interface Row extends StoredValue {
  readonly key: string;
  readonly position: number;
}

/** How many records are read at once at first, and at most. */
const CHUNK = { first: 8, most: 1024 };
/** How many ids and totals of lists are kept in memory. */
const KEPT = 1000;

/** Before and after all places, in the order in which SQLite compares. */
const FIRST: Place = Number.MIN_SAFE_INTEGER;
const LAST = Buffer.alloc(0);

/**
 * The lists of a table in a database. Of each list, only those records are looked at that are read.
 *
 * The table `NAME/entries` has a row for each record of each list, `NAME/lists` the names of the lists. They change in the
 * same transaction as the records.
 */
export class DatabaseLists<T> implements Lists<T> {
  readonly #options: ListOptions<T>;
  readonly #decode: (row: Row) => T;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #ids = new Map<string, number>();
  readonly #totals = new Map<string, ListTotal>();

  /** @param decode the value of a record; what it throws, and what SQLite throws, passes through */
  constructor(database: Database, name: string, options: ListOptions<T>, decode: (row: Row) => T) {
    this.#options = options;
    this.#decode = decode;
    this.#statements = prepare(database, name, options);
  }

  *read(
    list: string,
    { from = FIRST, before, reverse = false, skip = 0 }: ListRange = {},
  ): Generator<ListEntry<T>> {
    const id = this.#idOf(list);
    if (id === undefined) return;
    const { forward, backward } = this.#statements;
    let [start, end]: [Place, Place | Uint8Array] = [from, before ?? LAST];
    let limit = CHUNK.first;
    for (let offset = skip; ; offset = 0) {
      const rows = (reverse ? backward : forward).all(id, start, end, limit, offset) as (Row & {
        readonly place: Place;
      })[];
      for (const row of rows) yield { place: row.place, value: this.#decode(row) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit) return;
      if (reverse) end = last.place;
      else start = after(last.place);
      limit = Math.min(2 * limit, CHUNK.most);
    }
  }

  total(list: string): ListTotal {
    const known = this.#totals.get(list);
    if (known) return known;
    const id = this.#idOf(list);
    const { count, weight } = (id === undefined ? NONE : this.#statements.total.get(id)) as ListTotal;
    const total = { count, weight };
    if (this.#totals.size >= KEPT) this.#totals.clear();
    this.#totals.set(list, total);
    return total;
  }

  /**
   * To be called in the transaction that changes a record.
   * @param before undefined where it is added
   * @param after undefined where it is deleted
   */
  move(key: string, position: number, before: T | undefined, after: T | undefined): void {
    const place = this.#options.order === 'key' ? key : position;
    const { left, entered } = moves(this.#options, before, after);
    for (const list of left) {
      const weight = this.#weigh(before as T);
      this.#statements.remove.run(this.#idOf(list), place);
      this.#count(list, -1, -weight);
    }
    for (const list of entered) {
      const weight = this.#weigh(after as T);
      this.#statements.insert.run(this.#makeId(list), place, weight);
      this.#count(list, 1, weight);
    }
  }

  /** To be called when changes were undone: ids and totals are read again. */
  forget(): void {
    this.#ids.clear();
    this.#totals.clear();
  }

  #count(list: string, count: number, weight: number): void {
    const known = this.#totals.get(list);
    if (known) this.#totals.set(list, { count: known.count + count, weight: known.weight + weight });
  }

  #weigh(value: T): number {
    return this.#options.weigh?.(value) ?? 0;
  }

  #idOf(list: string): number | undefined {
    const known = this.#ids.get(list);
    if (known !== undefined) return known;
    const row = this.#statements.id.get(list) as { readonly id: number } | undefined;
    if (row === undefined) return undefined;
    if (this.#ids.size >= KEPT) this.#ids.clear();
    this.#ids.set(list, row.id);
    return row.id;
  }

  #makeId(list: string): number | undefined {
    const known = this.#idOf(list);
    if (known !== undefined) return known;
    this.#statements.addList.run(list);
    return this.#idOf(list);
  }
}

const NONE: ListTotal = { count: 0, weight: 0 };

/** The least place after another one. */
const after = (place: Place): Place => (typeof place === 'number' ? place + 1 : `${place}\0`);

export const hasLists = (database: Database, name: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(`${name}/entries`) !==
  undefined;

/** Makes the tables for the lists of a table. */
export function createLists(
  database: Database,
  name: string,
  { order }: Pick<ListOptions<never>, 'order'>,
): void {
  database.exec(`CREATE TABLE "${name}/lists" (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)`);
  database.exec(
    `CREATE TABLE "${name}/entries" (list INTEGER NOT NULL, place ${order === 'key' ? 'TEXT' : 'INTEGER'} NOT NULL,
       weight INTEGER NOT NULL, PRIMARY KEY (list, place)) WITHOUT ROWID`,
  );
}

function prepare(database: Database, name: string, { order }: Pick<ListOptions<never>, 'order'>) {
  const read = (direction: 'ASC' | 'DESC') =>
    database.prepare(
      // What is left out is counted before any record is looked at.
      `SELECT place, position, key, form, value, checksum
         FROM (SELECT place FROM "${name}/entries" WHERE list = ? AND place >= ? AND place < ?
                 ORDER BY place ${direction} LIMIT ? OFFSET ?)
         JOIN "${name}" ON ${order === 'key' ? 'key' : 'position'} = place ORDER BY place ${direction}`,
    );
  return {
    id: database.prepare(`SELECT id FROM "${name}/lists" WHERE name = ?`),
    addList: database.prepare(`INSERT INTO "${name}/lists" (name) VALUES (?)`),
    insert: database.prepare(`INSERT INTO "${name}/entries" (list, place, weight) VALUES (?, ?, ?)`),
    remove: database.prepare(`DELETE FROM "${name}/entries" WHERE list = ? AND place = ?`),
    forward: read('ASC'),
    backward: read('DESC'),
    total: database.prepare(
      `SELECT count(*) AS count, coalesce(sum(weight), 0) AS weight FROM "${name}/entries" WHERE list = ?`,
    ),
  };
}
