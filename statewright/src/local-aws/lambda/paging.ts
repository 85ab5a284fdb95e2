import { page } from '../page';
import { invalidParameter } from './errors';
import type { PagingRequest } from './requests';

/** One page of a listing, and what leads to the next. */
export function pageOf<T>(items: readonly T[], { Marker, MaxItems }: PagingRequest) {
  // AWS answers 50 at most, whatever more is asked for.
  const found = page(items, Math.min(MaxItems ?? 50, 50), Marker);
  if (!found) throw invalidParameter('Invalid marker.');
  return {
    items: found.items,
    NextMarker: found.nextToken === undefined ? {} : { NextMarker: found.nextToken },
  };
}
