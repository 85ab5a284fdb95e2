import { AwsError } from '../aws-error';
import { logsApi } from './requests';

/** A request that CloudWatch Logs refuses for one of its members. */
export const invalidParameter = (message: string) => new AwsError(logsApi.invalid, message);

export const invalidNextToken = () => invalidParameter('The specified nextToken is invalid.');
