import { page } from '../page';
import { checkRange, invalidParameter } from './constraints';

export interface ListRequest {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** One page of a listing, and what leads to the next. */
export function pageOf<T>(items: readonly T[], { Marker, MaxItems }: ListRequest) {
  checkRange(MaxItems, 'maxItems', 1, 10_000);
  // AWS answers 50 at most, whatever more is asked for.
  const found = page(items, Math.min(MaxItems ?? 50, 50), Marker);
  if (!found) throw invalidParameter('Invalid marker.');
  return {
    items: found.items,
    NextMarker: found.nextToken === undefined ? {} : { NextMarker: found.nextToken },
  };
}
