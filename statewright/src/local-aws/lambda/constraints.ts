import { AwsError } from '../aws-error';

/** A member of a request that breaks a constraint of the API's model, in AWS's words. */
export const constraintViolation = (value: unknown, member: string, constraint: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** A request that is well formed and still cannot be granted. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message);

/** Checks a number's range, if there is a number. */
export function checkRange(value: number | undefined, member: string, least: number, most: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value)) throw constraintViolation(value, member, 'Member must be an integer');
  if (value < least) {
    throw constraintViolation(value, member, `Member must have value greater than or equal to ${least}`);
  }
  if (value > most) {
    throw constraintViolation(value, member, `Member must have value less than or equal to ${most}`);
  }
}

/** Checks that a value is one of some, if there is a value. */
export function checkEnum(value: string | undefined, member: string, values: readonly string[]): void {
  if (value !== undefined && !values.includes(value)) {
    throw constraintViolation(value, member, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }
}

/** Checks a text's form and length, if there is a text. */
export function checkText(
  value: string | undefined,
  member: string,
  pattern: RegExp,
  shown: string,
  longest: number,
): void {
  if (value === undefined) return;
  if (value.length > longest) {
    throw constraintViolation(value, member, `Member must have length less than or equal to ${longest}`);
  }
  if (!pattern.test(value)) {
    throw constraintViolation(value, member, `Member must satisfy regular expression pattern: ${shown}`);
  }
}

/** Checks that whoever makes a change has seen the latest state of what it changes, if they say which they have seen. */
export function checkSameRevision(
  { RevisionId }: { readonly RevisionId: string },
  seen: string | undefined,
): void {
  if (seen === undefined || seen === RevisionId) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId for your resource.',
    412,
  );
}
