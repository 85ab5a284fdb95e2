import { AwsError } from '../aws-error';
import { type Page, page } from '../page';
import { iamApi, type PagingRequest } from './requests';

/** One page, with IAM's members for paging. */
export function iamPage<T>(
  items: readonly T[],
  request: PagingRequest,
): { items: Page<T>['items']; paging: { IsTruncated: boolean; Marker?: string } } {
  const cut = page(items, request.MaxItems ?? 100, request.Marker);
  if (cut === undefined) throw new AwsError(iamApi.invalid, `Invalid Marker: ${request.Marker}`);
  return {
    items: cut.items,
    paging:
      cut.nextToken === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: cut.nextToken },
  };
}
