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
  const places = placesOfPage(items.length, limit, token);
  return places && { items: items.slice(places.from, places.to), nextToken: places.nextToken };
}

/** The places of one page in a listing, counted from 0: from one to before another. */
export interface PagePlaces {
  readonly from: number;
  readonly to: number;
  readonly nextToken: string | undefined;
}

/**
 * Returns the places of one page of a listing of a length.
 * @param fromEnd whether the first page is at the end of the listing, which may grow: items added between two pages shift
 * nothing
 * @returns undefined when the token is not valid for such a listing.
 */
export function placesOfPage(
  length: number,
  limit: number,
  token: string | undefined,
  fromEnd = false,
): PagePlaces | undefined {
  const start = token === undefined ? (fromEnd ? length : 0) : readToken(token);
  if (start === undefined || start > length) return undefined;
  const end = fromEnd ? Math.max(0, start - limit) : Math.min(length, start + limit);
  const nextToken = end === (fromEnd ? 0 : length) ? undefined : writeToken(end);
  return fromEnd ? { from: end, to: start, nextToken } : { from: start, to: end, nextToken };
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
