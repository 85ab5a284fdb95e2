import { AwsError } from '../aws-error';

/** The role or policy does not exist. */
export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', message, 404);
/** A quota of IAM would be exceeded. */
export const limitExceeded = (message: string) => new AwsError('LimitExceeded', message, 409);
/** Something that depends on the resource must be deleted or detached first. */
export const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409);
/** Another entity of this kind has the name. */
export const entityExists = (message: string) => new AwsError('EntityAlreadyExists', message, 409);
/** A value of the request is not valid, which its schema cannot tell. */
export const invalidInput = (message: string) => new AwsError('InvalidInput', message);
/** An AWS managed policy may exist on AWS, but its content is not known here. */
export const unknownContent = (policyArn: string) =>
  new AwsError(
    'NotImplemented',
    `The local AWS does not know the content of the AWS managed policy ${policyArn}.`,
    501,
  );
