import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import { constraintViolation } from './errors';

/** A function's name and the requested version, if any. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** The pattern of FunctionName, as the Lambda API Reference shows it: name, partial ARN or full ARN, and a qualifier. */
const SHOWN_PATTERN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';
const PATTERN =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[\w-]+)(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

/**
 * Reads the FunctionName of a request.
 * @throws AwsError when it is malformed, names two versions, or belongs to another region or account
 */
export function parseFunctionName(
  text: string,
  qualifier: string | undefined,
  { region, accountId }: AccountContext,
): FunctionReference {
  const parts = PATTERN.exec(text)?.groups;
  const name = parts?.name;
  if (!parts || name === undefined) {
    throw constraintViolation(
      text,
      'functionName',
      `Member must satisfy regular expression pattern: ${SHOWN_PATTERN}`,
    );
  }
  if (name.length > 64) {
    throw constraintViolation(text, 'functionName', 'Member must have length less than or equal to 64');
  }
  if (parts.region !== undefined && parts.region !== region) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Functions from '${parts.region}' are not reachable in this region ('${region}')`,
      404,
    );
  }
  if (parts.account !== undefined && parts.account !== accountId) {
    throw new AwsError('ResourceNotFoundException', `Function not found: ${text}`, 404);
  }
  if (parts.qualifier !== undefined && qualifier !== undefined && parts.qualifier !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return { name, qualifier: qualifier ?? parts.qualifier };
}
