import type { SortKey } from './commands';
import { numberIn } from './condition';
import type { FieldValue, Row } from './row';
import { checkKept } from './size-limit';

/** A row, and the values that it is sorted by. */
interface SortedRow {
  readonly row: Row;
  readonly keys: readonly FieldValue[];
}

/** How many new rows are sorted at once, which takes some milliseconds. */
const SORTED_TOGETHER = 2000;

/** The first rows in an order. */
export class SortedRows {
  readonly #by: readonly SortKey[];
  readonly #most: number;
  #rows: SortedRow[] = [];
  #size = 0;
  #unsorted = 0;

  /** @param most how many rows are wanted */
  constructor(by: readonly SortKey[], most: number) {
    this.#by = by;
    this.#most = most;
  }

  /** @throws SizeLimitError */
  add(row: Row): void {
    this.#rows.push({ row, keys: this.#by.map(({ field }) => sortValue(row.get(field))) });
    this.#size += row.size;
    if (++this.#unsorted === SORTED_TOGETHER) this.#sort();
    checkKept('sort', this.#size);
  }

  *rows(): Generator<Row> {
    this.#sort();
    for (const { row } of this.#rows) yield row;
  }

  #sort(): void {
    this.#rows = this.#rows.sort((a, b) => this.#compare(a, b)).slice(0, this.#most);
    this.#unsorted = 0;
    this.#size = this.#rows.reduce((sum, { row }) => sum + row.size, 0);
  }

  #compare(a: SortedRow, b: SortedRow): number {
    for (let at = 0; at < this.#by.length; at++) {
      const order = compareValues(a.keys[at], b.keys[at]);
      if (order !== 0) return this.#by[at]?.descending ? -order : order;
    }
    return 0;
  }
}

const sortValue = (value: FieldValue): FieldValue => numberIn(value) ?? value;

/** What has no value first, then numbers, then texts. */
function compareValues(a: FieldValue, b: FieldValue): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
