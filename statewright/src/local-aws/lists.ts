/** The place of a record in its lists. */
export type Place = number | string;

/** The lists of a table's records. */
export interface ListOptions<T> {
  /** The lists that a record is in. */
  readonly of: (value: T) => readonly string[];
  /**
   * What the records of a list are ordered by: when their keys were `added`, then a record's place is a number that grows; or
   * their `key`, which is then the place.
   */
  readonly order: 'added' | 'key';
  /** What a record adds to the weight of its lists (default: 0). */
  readonly weigh?: (value: T) => number;
}

/** A part of a list. */
export interface ListRange {
  /** The first place (default: that of the first record). */
  readonly from?: Place;
  /** The place after the last one (default: the end of the list). */
  readonly before?: Place;
  /** From the end to the beginning (default: false). */
  readonly reverse?: boolean;
  /** How many records are left out at first (default: 0). */
  readonly skip?: number;
}

export interface ListEntry<T> {
  readonly place: Place;
  readonly value: T;
}

/** What the records of a list have together. */
export interface ListTotal {
  readonly count: number;
  readonly weight: number;
}

/** Reads the lists of a table. A list without records is empty. */
export interface Lists<T> {
  /** Reads only as many records as the caller takes. The table must not change meanwhile. */
  read(list: string, range?: ListRange): Iterable<ListEntry<T>>;
  total(list: string): ListTotal;
}

/** The lists of a table without lists. */
export const noLists: Lists<never> = { read: () => [], total: () => ({ count: 0, weight: 0 }) };

/**
 * The lists that a record leaves and enters with a change.
 * @param before undefined where it is added
 * @param after undefined where it is deleted
 */
export function moves<T>(
  { of, weigh = () => 0 }: ListOptions<T>,
  before: T | undefined,
  after: T | undefined,
): { readonly left: readonly string[]; readonly entered: readonly string[] } {
  const left = before === undefined ? [] : of(before);
  const entered = after === undefined ? [] : of(after);
  const isSame = before !== undefined && after !== undefined && weigh(before) === weigh(after);
  if (!isSame) return { left, entered };
  return {
    left: left.filter((list) => !entered.includes(list)),
    entered: entered.filter((list) => !left.includes(list)),
  };
}
