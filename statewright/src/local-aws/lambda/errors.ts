import { AwsError } from '../aws-error';
import { validationErrors, violationText } from '../request-error';
import { lambdaApi } from './requests';

/** The error for a member that violates a constraint of the API's model, in AWS's words. */
export const constraintViolation = (value: unknown, member: string, constraint: string) =>
  new AwsError(lambdaApi.invalid, validationErrors([violationText(value, member, constraint)]));

/** The error for a well-formed request that is still not allowed. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message);

/** The error for a policy, a layer, a URL or an event source mapping that does not exist. */
export const resourceNotFound = () =>
  new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);

/** Checks the RevisionId of a request, if it has one: it must be that of the latest revision. */
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
