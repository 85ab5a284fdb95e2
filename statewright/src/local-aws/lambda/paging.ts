import { page } from '../page';
import { invalidParameter } from './errors';
import type { PagingRequest } from './requests';

/** One page of a listing, and the marker of the next one. */
export function pageOf<T>(items: readonly T[], { Marker, MaxItems }: PagingRequest) {
  // AWS returns at most 50, even for a higher MaxItems.
  const found = page(items, Math.min(MaxItems ?? 50, 50), Marker);
  if (!found) throw invalidParameter('Invalid marker.');
  return {
    items: found.items,
    NextMarker: found.nextToken === undefined ? {} : { NextMarker: found.nextToken },
  };
}
