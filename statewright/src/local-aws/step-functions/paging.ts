import { AwsError } from '../aws-error';
import type { ListEntry, ListRange } from '../lists';
import { type Page, type PagePlaces, page, pageOf, placesOfPage } from '../page';
import type { PagingRequest } from './requests';

/** One page, in the order of the items. */
export const statesPage = <T>(items: readonly T[], request: PagingRequest): Page<T> =>
  known(page(items, pageSize(request), request.nextToken));

/**
 * One page of the wanted records of a list, from the end of the list; the list may change while it is read.
 * @param read reads the list from its end, or before the place where the last page has ended
 */
export const newestOf = <T>(
  read: (range: Pick<ListRange, 'before'>) => Iterable<ListEntry<T>>,
  request: PagingRequest,
  wanted: (record: T) => boolean = () => true,
): Page<T> => known(pageOf(read, wanted, pageSize(request), request.nextToken));

/** The places of one page of a listing of a length. @param fromEnd whether the first page is at its end */
export const placesOf = (length: number, request: PagingRequest, fromEnd: boolean): PagePlaces =>
  known(placesOfPage(length, pageSize(request), request.nextToken, fromEnd));

/** One page of a listing, newest first; the listing may grow while it is read. @param items the oldest first */
export function newestFirst<T>(items: readonly T[], request: PagingRequest): Page<T> {
  const { from, to, nextToken } = placesOf(items.length, request, true);
  return { items: items.slice(from, to).reverse(), nextToken };
}

/** The nextToken member of a page, if it has a next page. */
export const tokenOf = ({ nextToken }: { readonly nextToken: string | undefined }) =>
  nextToken === undefined ? {} : { nextToken };

/** Default: 100 items, also for 0. */
const pageSize = ({ maxResults }: PagingRequest) => maxResults || 100;

function known<P extends object>(cut: P | undefined): P {
  if (cut === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return cut;
}
