/** jsonata's functions on arrays, in turns of the event loop. */
import type { MaybePromise } from '../../maybe-promise';
import { isFunction } from './values';

/** Whether the first value comes after the second one. */
export type Comparator = (a: unknown, b: unknown) => MaybePromise<boolean>;

/** Lets others have their turn, when it is time for that. */
type Turn = () => Promise<void> | undefined;

/** The order of numbers or of strings. @throws jsonata's failure for any other array */
export function isAfter(items: readonly unknown[]): Comparator {
  const isOrdered = ['number', 'string'].some((type) => items.every((item) => typeof item === type));
  if (!isOrdered) throw { code: 'D3070', index: 1 };
  return (a, b) => (a as number) > (b as number);
}

/** A stable merge sort, as jsonata's. */
export async function sorted(items: readonly unknown[], isAfter: Comparator, turn: Turn): Promise<unknown[]> {
  if (items.length <= 1) return [...items];
  const middle = Math.floor(items.length / 2);
  const left = await sorted(items.slice(0, middle), isAfter, turn);
  const right = await sorted(items.slice(middle), isAfter, turn);
  const merged: unknown[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const pause = turn();
    if (pause) await pause;
    merged.push((await isAfter(left[l], right[r])) ? right[r++] : left[l++]);
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

/** Adds to `found` the items that are different. */
export async function distinct(items: readonly unknown[], found: unknown[], turn: Turn): Promise<unknown[]> {
  const known = new Set<unknown>();
  for (const item of items) {
    const pause = turn();
    if (pause) await pause;
    const identity = identityOf(item);
    if (known.has(identity)) continue;
    known.add(identity);
    found.push(item);
  }
  return found;
}

/** Equal for equal values: the order of members does not matter. A function equals only itself. */
const identityOf = (value: unknown): unknown =>
  typeof value === 'function' || (typeof value === 'object' && value !== null && isFunction(value))
    ? value
    : textOf(value);

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? typeof value;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (isFunction(value)) return 'function';
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`);
  return `{${members.sort().join()}}`;
}
