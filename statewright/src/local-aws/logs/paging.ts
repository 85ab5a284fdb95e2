import { type Page, page } from '../page';
import { invalidNextToken } from './errors';

/** One page of groups or streams. Default: 50. */
export function logsPage<T>(
  items: readonly T[],
  { limit = 50, nextToken }: { readonly limit?: number; readonly nextToken?: string },
): Page<T> {
  const found = page(items, limit, nextToken);
  if (!found) throw invalidNextToken();
  return found;
}
