import { AwsError } from '../aws-error';
import { validationErrors, violationText } from '../request-error';
import { lambdaApi } from './requests';

/** A member of a request that breaks a constraint of the API's model, in AWS's words. */
export const constraintViolation = (value: unknown, member: string, constraint: string) =>
  new AwsError(lambdaApi.invalid, validationErrors([violationText(value, member, constraint)]));

/** A request that is well formed and still cannot be granted. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message);

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
