/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for the next page; undefined on the last. */
  readonly nextToken: string | undefined;
}

/**
 * Cuts one page out of a listing. Tokens are opaque: the number of the first item, in base64.
 * @returns undefined when the token is not one that this function made for such a listing.
 */
export function page<T>(items: readonly T[], limit: number, token?: string): Page<T> | undefined {
  const start = token === undefined ? 0 : readToken(token);
  if (start === undefined || start > items.length) return undefined;
  const end = start + limit;
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end) : undefined };
}

const writeToken = (start: number) => Buffer.from(`item:${start}`).toString('base64url');

function readToken(token: string): number | undefined {
  const start = /^item:(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return start === undefined ? undefined : Number(start);
}
