import { AwsError } from '../aws-error';
import { type Page, page, pageFromEnd } from '../page';

/** The paging members that every List operation of Step Functions takes. */
export interface PagingRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page, in the order of the items. */
export const statesPage = <T>(items: readonly T[], request: PagingRequest): Page<T> =>
  known(page(items, pageSize(request), request.nextToken));

/** One page of a listing that grows while it is read, newest first, of the items that are wanted. */
export const newestFirst = <T>(
  items: readonly T[],
  request: PagingRequest,
  wanted: (item: T) => boolean = () => true,
): Page<T> => known(pageFromEnd(items, wanted, pageSize(request), request.nextToken));

function known<T>(cut: Page<T> | undefined): Page<T> {
  if (cut === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return cut;
}

/** 100 items unless told otherwise, 1000 at most. */
function pageSize({ maxResults = 0 }: PagingRequest): number {
  checkRange(maxResults, `Value '${maxResults}' at 'maxResults'`, 0, 1000);
  return maxResults || 100;
}

/** The nextToken member of a page, where there is a next one. */
export const tokenOf = ({ nextToken }: Page<unknown>) => (nextToken === undefined ? {} : { nextToken });

/** What the API says of a member that its model does not allow. */
export const validationError = (subject: string, constraint: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: ${subject} failed to satisfy constraint: ${constraint}`,
  );

/** Checks a number; `subject` is how the error calls it. */
export function checkRange(value: number, subject: string, least: number, most: number): void {
  checkBounds('value', value, subject, least, most);
}

/** Checks how long a text or a list is; `subject` is how the error calls it. */
export function checkLength(
  { length }: { readonly length: number },
  subject: string,
  least: number,
  most: number,
): void {
  checkBounds('length', length, subject, least, most);
}

function checkBounds(kind: 'value' | 'length', value: number, subject: string, least: number, most: number) {
  if (value >= least && value <= most) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw validationError(subject, `Member must have ${kind} ${bound}`);
}

/** Checks the error and the cause of StopExecution and SendTaskFailure; the API shows neither. */
export function checkFailure({
  error = '',
  cause = '',
}: {
  readonly error?: string;
  readonly cause?: string;
}): void {
  checkLength(error, "Value at 'error'", 0, 256);
  checkLength(cause, "Value at 'cause'", 0, 32_768);
}

/** Checks the name of a state machine or an execution (Step Functions API Reference, `name`). */
export function checkName(name: string): void {
  checkLength(name, `Value '${name}' at 'name'`, 1, 80);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the API forbids control characters by name
  if (/[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
}
