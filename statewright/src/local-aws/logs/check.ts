import { AwsError } from '../aws-error';
import { type Page, page } from '../page';

/** A request that CloudWatch Logs refuses for one of its members. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);

const constraint = (value: unknown, member: string, text: string) =>
  invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${text}`,
  );

/** Checks the name of a log group, which must be there. */
export function checkGroupName(name: string | undefined): string {
  if (name === undefined) throw constraint('null', 'logGroupName', 'Member must not be null');
  checkText(name, 'logGroupName', /^[.\-_/#A-Za-z0-9]+$/, '[\\.\\-_/#A-Za-z0-9]+');
  return name;
}

/** Checks the name of a log stream, which must be there. */
export function checkStreamName(name: string | undefined): string {
  if (name === undefined) throw constraint('null', 'logStreamName', 'Member must not be null');
  checkText(name, 'logStreamName', /^[^:*]+$/, '[^:*]*');
  return name;
}

function checkText(value: string, member: string, pattern: RegExp, shown: string): void {
  if (value.length > 512) {
    throw constraint(value, member, 'Member must have length less than or equal to 512');
  }
  if (value.length < 1) {
    throw constraint(value, member, 'Member must have length greater than or equal to 1');
  }
  if (!pattern.test(value)) {
    throw constraint(value, member, `Member must satisfy regular expression pattern: ${shown}`);
  }
}

/** A limit between 1 and `maximum`, which is also the default. */
export function checkLimit(limit: number | undefined, maximum: number): number {
  const wanted = limit ?? maximum;
  if (wanted < 1) throw constraint(wanted, 'limit', 'Member must have value greater than or equal to 1');
  if (wanted > maximum) {
    throw constraint(wanted, 'limit', `Member must have value less than or equal to ${maximum}`);
  }
  return wanted;
}

/** One page of a listing, or the error of a token that is not ours. */
export function checkedPage<T>(items: readonly T[], limit: number, token: string | undefined): Page<T> {
  const found = page(items, limit, token);
  if (!found) throw invalidNextToken();
  return found;
}

export const invalidNextToken = () => invalidParameter('The specified nextToken is invalid.');

/** A group's name out of a request that names it, or gives its name or ARN as an identifier. */
export function groupNameIn(request: GroupRequest): string {
  const { logGroupName, logGroupIdentifier } = request;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter('LogGroupName and LogGroupIdentifier cannot both be specified.');
  }
  return checkGroupName(logGroupIdentifier === undefined ? logGroupName : groupNameOf(logGroupIdentifier));
}

/** A group's name out of its ARN, with or without the `:*` that some services write after it; a name stays as it is. */
export const groupNameOf = (identifier: string) =>
  /^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:([^:*]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;

/** Names a group. */
export interface GroupRequest {
  readonly logGroupName?: string;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string;
}
