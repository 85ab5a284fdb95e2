import { AwsError } from '../aws-error';
import { type Page, page } from '../page';
import { iamApi, type PagingRequest, type PathRequest } from './requests';

interface IamPage<T> {
  readonly items: Page<T>['items'];
  readonly paging: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** One page, with IAM's members for paging. */
export function iamPage<T>(items: readonly T[], request: PagingRequest): IamPage<T> {
  const cut = page(items, request.MaxItems ?? 100, request.Marker);
  if (cut === undefined) throw new AwsError(iamApi.invalid, `Invalid Marker: ${request.Marker}`);
  return {
    items: cut.items,
    paging:
      cut.nextToken === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: cut.nextToken },
  };
}

/**
 * One page of the entities whose path begins with the request's PathPrefix.
 * @param sortedBy the name that they are in order of
 */
export function pageUnderPath<T extends { readonly Path: string }>(
  entities: Iterable<T>,
  sortedBy: (entity: T) => string,
  request: PathRequest,
): IamPage<T> {
  const { PathPrefix = '/' } = request;
  const found = [...entities].filter(({ Path }) => Path.startsWith(PathPrefix));
  return iamPage(
    found.sort((a, b) => (sortedBy(a) < sortedBy(b) ? -1 : 1)),
    request,
  );
}
