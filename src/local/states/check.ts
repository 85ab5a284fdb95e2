import { AwsError } from '../aws-error';
import { type Page, page } from '../page';

/** The paging members that every List operation of Step Functions takes. */
export interface PagingRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page; 100 items unless told otherwise, 1000 at most. */
export function statesPage<T>(items: readonly T[], { maxResults = 0, nextToken }: PagingRequest): Page<T> {
  if (maxResults < 0 || maxResults > 1000) {
    const bound = maxResults < 0 ? 'greater than or equal to 0' : 'less than or equal to 1000';
    throw validationError(`Value '${maxResults}' at 'maxResults'`, `Member must have value ${bound}`);
  }
  const cut = page(items, maxResults || 100, nextToken);
  if (cut === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return cut;
}

/** The nextToken member of a page, where there is a next one. */
export const tokenOf = ({ nextToken }: Page<unknown>) => (nextToken === undefined ? {} : { nextToken });

/** What the API says of a member that its model does not allow. */
export const validationError = (subject: string, constraint: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: ${subject} failed to satisfy constraint: ${constraint}`,
  );

/** Checks the name of a state machine or an execution (Step Functions API Reference, `name`). */
export function checkName(name: string): void {
  if (name.length === 0 || name.length > 80) {
    const bound = name.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 80';
    throw validationError(`Value '${name}' at 'name'`, `Member must have length ${bound}`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the API forbids control characters by name
  if (/[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
}
