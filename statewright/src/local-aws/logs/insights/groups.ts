import type { Aggregation, GroupKey } from './commands';
import { numberIn } from './condition';
import { type FieldValue, ROW_SIZE, type Row } from './row';
import { checkKept } from './size-limit';

/** What is known of the numbers of one aggregation in a group. */
interface Tally {
  count: number;
  sum: number;
  min: number | undefined;
  max: number | undefined;
}

/** The groups of `stats`. */
export class Groups {
  readonly #aggregations: readonly Aggregation[];
  readonly #by: readonly GroupKey[];
  readonly #groups = new Map<string, { readonly key: readonly FieldValue[]; readonly tallies: Tally[] }>();
  #size = 0;

  constructor(aggregations: readonly Aggregation[], by: readonly GroupKey[]) {
    this.#aggregations = aggregations;
    this.#by = by;
  }

  /** @throws SizeLimitError */
  add(row: Row): void {
    const key = this.#by.map(({ field, span }) => {
      const value = row.get(field);
      return span === undefined || typeof value !== 'number' ? value : value - (value % span);
    });
    const id = JSON.stringify(key);
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = {
        key,
        tallies: this.#aggregations.map(() => ({ count: 0, sum: 0, min: undefined, max: undefined })),
      };
      this.#groups.set(id, group);
      this.#size += ROW_SIZE * (1 + group.tallies.length) + 2 * id.length;
      checkKept('stats', this.#size);
    }
    for (const [at, { field, calculate }] of this.#aggregations.entries()) {
      const tally = group.tallies[at] as Tally;
      if (calculate === 'count') tally.count += Number(field === undefined || row.get(field) !== undefined);
      else addNumber(tally, numberIn(row.get(field ?? '')));
    }
  }

  /** A row for each group. */
  *rows(): Generator<Row> {
    for (const [id, { key, tallies }] of this.#groups) {
      const values = new Map<string, FieldValue>();
      for (const [at, { name }] of this.#by.entries()) values.set(name, key[at]);
      for (const [at, { name, calculate }] of this.#aggregations.entries()) {
        values.set(name, resultOf(calculate, tallies[at] as Tally));
      }
      yield { get: (field) => values.get(field), size: ROW_SIZE + id.length };
    }
  }
}

/** What is not a number does not count. */
function addNumber(tally: Tally, value: number | undefined): void {
  if (value === undefined) return;
  tally.count++;
  tally.sum += value;
  tally.min = Math.min(tally.min ?? value, value);
  tally.max = Math.max(tally.max ?? value, value);
}

function resultOf(calculate: Aggregation['calculate'], { count, sum, min, max }: Tally): FieldValue {
  if (calculate === 'count') return count;
  if (count === 0) return undefined;
  return { sum, avg: sum / count, min, max }[calculate];
}
