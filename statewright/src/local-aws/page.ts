import type { ListEntry, ListRange } from './lists';

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The token of the next page; undefined on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * Returns one page of a listing. Tokens are opaque: a place in the listing, in base64.
 * @returns undefined when the token is not valid for such a listing.
 */
export function page<T>(items: readonly T[], limit: number, token?: string): Page<T> | undefined {
  const start = token === undefined ? 0 : readToken(token);
  if (start === undefined || start > items.length) return undefined;
  const end = start + limit;
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end) : undefined };
}

/**
 * Returns one page of a listing that only grows, newest first: items added between two pages shift nothing.
 * @param items oldest first
 * @param wanted which of them are listed
 * @returns undefined when the token is not valid for such a listing.
 */
export function pageFromEnd<T>(
  items: readonly T[],
  wanted: (item: T) => boolean,
  limit: number,
  token?: string,
): Page<T> | undefined {
  const end = token === undefined ? items.length : readToken(token);
  if (end === undefined || end > items.length) return undefined;
  const listed: T[] = [];
  for (let position = end; position > 0; position--) {
    const item = items[position - 1] as T;
    if (!wanted(item)) continue;
    if (listed.length === limit) return { items: listed, nextToken: writeToken(position) };
    listed.push(item);
  }
  return { items: listed, nextToken: undefined };
}

/**
 * Returns one page of a list that is read from its end.
 * @param read reads the list from its end, or before a place
 * @param wanted which of its records are listed
 * @returns undefined when the token is not valid for such a list.
 */
export function pageOf<T>(
  read: (range: Pick<ListRange, 'before'>) => Iterable<ListEntry<T>>,
  wanted: (record: T) => boolean,
  limit: number,
  token?: string,
): Page<T> | undefined {
  const before = token === undefined ? undefined : readToken(token);
  if (token !== undefined && before === undefined) return undefined;
  const items: T[] = [];
  for (const { place, value } of read(before === undefined ? {} : { before })) {
    if (!wanted(value)) continue;
    if (items.length === limit) return { items, nextToken: writeToken(Number(place) + 1) };
    items.push(value);
  }
  return { items, nextToken: undefined };
}

const writeToken = (place: number) => Buffer.from(`item:${place}`).toString('base64url');

function readToken(token: string): number | undefined {
  const start = /^item:(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return start === undefined ? undefined : Number(start);
}
