import { AwsError } from '../aws-error';
import { logsApi } from './requests';

/** CloudWatch Logs refuses a request because of one of its members. */
export const invalidParameter = (message: string) => new AwsError(logsApi.invalid, message);

export const invalidNextToken = () => invalidParameter('The specified nextToken is invalid.');
