import { LargeMap } from './large-map';
import {
  type ListEntry,
  type ListOptions,
  type ListRange,
  type Lists,
  type ListTotal,
  moves,
  type Place,
} from './lists';
import { PackedTable } from './packed-table';
import type { OpenTable, Table, TableOptions } from './table';

/** A record, which its lists share with the table. */
interface Entry<T> extends ListEntry<T> {
  value: T;
}

/** A table that lives as long as the process. */
export class MemoryTable<T> implements Table<T> {
  readonly lists: MemoryLists<T>;
  readonly #entries = new LargeMap<Entry<T>>();

  constructor({ lists }: Pick<TableOptions<T>, 'lists'> = {}) {
    this.lists = new MemoryLists(lists);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.#entries.get(key) !== undefined;
  }

  set(key: string, value: T): this {
    const entry = this.#entries.get(key);
    if (entry) this.lists.change(entry, value);
    else this.#entries.set(key, this.lists.add(key, value));
    return this;
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry) this.lists.delete(entry);
    return this.#entries.delete(key);
  }

  keys(prefix = ''): Iterable<string> {
    return this.#inOrder()
      .map(([key]) => key)
      .filter((key) => key.startsWith(prefix));
  }

  *values(): Generator<T> {
    for (const [, { value }] of this.#inOrder()) yield value;
  }

  setAll(entries: Iterable<readonly [string, T]>): void {
    const added = new Map<string, T>();
    for (const [key, value] of entries) {
      if (this.has(key)) this.set(key, value);
      else added.set(key, value);
    }
    for (const [key, entry] of this.lists.addAll(added)) this.#entries.set(key, entry);
  }

  deleteAll(keys: Iterable<string>): void {
    const deleted: Entry<T>[] = [];
    for (const key of keys) {
      const entry = this.#entries.get(key);
      if (entry && this.#entries.delete(key)) deleted.push(entry);
    }
    this.lists.deleteAll(deleted);
  }

  together(work: () => void): void {
    work();
  }

  /** Places grow with each record, or are the keys that order its lists. */
  #inOrder(): [string, Entry<T>][] {
    return [...this.#entries.entries()].sort(([, a], [, b]) => (a.place < b.place ? -1 : 1));
  }
}

/** Tables that live as long as the process. */
export const memoryTable: OpenTable = (_, options = {}) =>
  options.values === 'disk' && options.lists === undefined
    ? new PackedTable(options)
    : new MemoryTable(options);

interface MemoryList<T> {
  /** By place. */
  readonly entries: Entry<T>[];
  weight: number;
}

class MemoryLists<T> implements Lists<T> {
  readonly #options: ListOptions<T>;
  readonly #lists = new Map<string, MemoryList<T>>();
  #added = 0;

  constructor(options: ListOptions<T> = { of: () => [], order: 'added' }) {
    this.#options = options;
  }

  *read(list: string, { from, before, reverse = false, skip = 0 }: ListRange = {}): Generator<ListEntry<T>> {
    const { entries } = this.#lists.get(list) ?? { entries: [] };
    const start = from === undefined ? 0 : firstAtOrAfter(entries, from);
    const end = before === undefined ? entries.length : firstAtOrAfter(entries, before);
    if (reverse) for (let i = end - 1 - skip; i >= start; i--) yield entries[i] as ListEntry<T>;
    else for (let i = start + skip; i < end; i++) yield entries[i] as ListEntry<T>;
  }

  total(list: string): ListTotal {
    const { entries, weight } = this.#lists.get(list) ?? { entries: [], weight: 0 };
    return { count: entries.length, weight };
  }

  add(key: string, value: T): Entry<T> {
    const entry = this.#entryOf(key, value);
    this.#move(entry, undefined, value);
    return entry;
  }

  /** Sorts each list once: to put many records one by one into the middle of a long list would take seconds. */
  addAll(values: ReadonlyMap<string, T>): Map<string, Entry<T>> {
    const added = new Map<string, Entry<T>>();
    const unsorted = new Set<Entry<T>[]>();
    for (const [key, value] of values) {
      const entry = this.#entryOf(key, value);
      added.set(key, entry);
      for (const name of moves(this.#options, undefined, value).entered) {
        const { entries } = this.#append(name, entry, value);
        if (isBefore(entry, entries.at(-2))) unsorted.add(entries);
      }
    }
    for (const entries of unsorted) entries.sort((a, b) => (a.place < b.place ? -1 : 1));
    return added;
  }

  #entryOf(key: string, value: T): Entry<T> {
    return { place: this.#options.order === 'key' ? key : this.#added++, value };
  }

  change(entry: Entry<T>, value: T): void {
    this.#move(entry, entry.value, value);
    entry.value = value;
  }

  delete(entry: Entry<T>): void {
    this.#move(entry, entry.value, undefined);
  }

  /** Goes through a part of each list once: to take the records out of a long list one by one would take minutes. */
  deleteAll(deleted: readonly Entry<T>[]): void {
    const byList = new Map<string, Set<Entry<T>>>();
    for (const entry of deleted) {
      for (const name of this.#options.of(entry.value)) {
        byList.set(name, (byList.get(name) ?? new Set()).add(entry));
        (this.#lists.get(name) as MemoryList<T>).weight -= this.#weigh(entry.value);
      }
    }
    for (const [name, gone] of byList) {
      const { entries } = this.#lists.get(name) as MemoryList<T>;
      let kept = entries.length;
      for (const { place } of gone) kept = Math.min(kept, firstAtOrAfter(entries, place));
      for (let i = kept; i - kept < gone.size; i++) {
        const entry = entries[i] as Entry<T>;
        if (!gone.has(entry)) entries[kept++] = entry;
      }
      entries.splice(kept, gone.size);
      if (entries.length === 0) this.#lists.delete(name);
    }
  }

  #move(entry: Entry<T>, before: T | undefined, after: T | undefined): void {
    const { left, entered } = moves(this.#options, before, after);
    for (const list of left) this.#remove(list, entry, before as T);
    for (const list of entered) this.#insert(list, entry, after as T);
  }

  #insert(name: string, entry: Entry<T>, value: T): void {
    const { entries } = this.#append(name, entry, value);
    if (!isBefore(entry, entries.at(-2))) return;
    entries.pop();
    entries.splice(firstAtOrAfter(entries, entry.place), 0, entry);
  }

  #append(name: string, entry: Entry<T>, value: T): MemoryList<T> {
    const list = this.#lists.get(name) ?? { entries: [], weight: 0 };
    this.#lists.set(name, list);
    list.entries.push(entry);
    list.weight += this.#weigh(value);
    return list;
  }

  #remove(name: string, entry: Entry<T>, value: T): void {
    const list = this.#lists.get(name);
    if (list === undefined) return;
    list.entries.splice(firstAtOrAfter(list.entries, entry.place), 1);
    list.weight -= this.#weigh(value);
    if (list.entries.length === 0) this.#lists.delete(name);
  }

  #weigh(value: T): number {
    return this.#options.weigh?.(value) ?? 0;
  }
}

const isBefore = (entry: ListEntry<unknown>, other: ListEntry<unknown> | undefined) =>
  other !== undefined && entry.place < other.place;

/** The index of the first entry whose place is not before another one. */
function firstAtOrAfter(entries: readonly ListEntry<unknown>[], place: Place): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as ListEntry<unknown>).place < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
