import { AwsError } from '../../aws-error';

/** A query that cannot be read, or has what is not supported here. */
export const malformedQuery = (message: string) => new AwsError('MalformedQueryException', message);
