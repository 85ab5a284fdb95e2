import type { IntegrationResource } from '../asl/resource';
import { exceptionName } from './java-names';
import { optimizedName, sdkName } from './sdk-services';

/** An error that a service answers with. */
interface ServiceError {
  /** Such as `QueueDoesNotExist`. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string;
  /** Whether the service's API lists the error; one that it does not list has the name of all its errors. */
  readonly listed: boolean;
  /** The class of the error (default: the code). */
  readonly name?: string;
  /** Only for S3. */
  readonly extendedRequestId?: string;
}

/** The error and the cause of a Task. */
export interface ServiceFailure {
  readonly error: string;
  readonly cause: string;
}

type Called = Pick<IntegrationResource, 'sdk' | 'service'>;

/**
 * A service's error as the Task's: `DynamoDB.ConditionalCheckFailedException` for an optimized integration,
 * `DynamoDb.ConditionalCheckFailedException` for an `aws-sdk:` call. The two have different causes too, as AWS makes them
 * with two versions of its SDK for Java.
 */
export function serviceFailure(called: Called, error: ServiceError): ServiceFailure {
  const { code, message, status, requestId, listed, name = code } = error;
  const optimized = called.sdk ? undefined : optimizedName(called.service);
  if (optimized) {
    const { prefix, service } = optimized;
    const base = service.replace(/v2$/, '');
    return {
      error: `${prefix}.${exceptionName(listed ? name : base)}`,
      cause: `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
    };
  }
  const service = sdkName(called.service);
  const extended =
    error.extendedRequestId === undefined ? '' : `, Extended Request ID: ${error.extendedRequestId}`;
  return {
    error: `${service}.${exceptionName(listed ? name : service)}`,
    cause: `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${requestId}${extended})`,
  };
}

/** The error of a request that got no answer. */
export function unansweredFailure(called: Called, reason: string): ServiceFailure {
  const prefix = (called.sdk ? undefined : optimizedName(called.service)?.prefix) ?? sdkName(called.service);
  return { error: `${prefix}.SdkClientException`, cause: `Unable to execute HTTP request: ${reason}` };
}

/** How a service words a denial of IAM, where it is not the usual way. */
const DENIALS: Readonly<Record<string, { readonly code: string; readonly listed?: true }>> = {
  iam: { code: 'AccessDenied' },
  s3: { code: 'AccessDenied' },
  sns: { code: 'AuthorizationError', listed: true },
  sqs: { code: 'AccessDenied' },
  sts: { code: 'AccessDenied' },
};

/** @param message IAM's message */
export function deniedFailure(called: Called, message: string, requestId: string): ServiceFailure {
  const { code, listed = false } = DENIALS[called.service] ?? { code: 'AccessDeniedException' };
  return serviceFailure(called, { code, message, status: 403, requestId, listed });
}
