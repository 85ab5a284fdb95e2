import { AwsError } from './aws-error';
import { validationErrors } from './request-error';
import type { Schema, SchemaType } from './schema';

type Requests = Readonly<Record<string, Schema<unknown>>>;

/**
 * The API of a service: what each operation takes, by the operation's name.
 *
 * A new operation is its request here (`requests.ts` of the service), a function that does what is asked, and a method
 * of the service that ties them together. The JSON and Query protocols then find it by its name; one of Lambda's also
 * has a row in http/lambda-routes.ts.
 */
export interface Api<R extends Requests = Requests> {
  readonly requests: R;
  /** The code of the error for a member that is missing, or does not satisfy its constraints. */
  readonly invalid: string;
}

/** What an operation takes. */
export type RequestOf<A extends Api, O extends keyof A['requests']> = SchemaType<A['requests'][O]>;

/** A service with a method for each operation, named as the operation is, with a small first letter. */
export type ServiceOf<A extends Api> = {
  readonly [O in keyof A['requests'] & string as Uncapitalize<O>]: (request: RequestOf<A, O>) => unknown;
};

/** The arguments of an operation: its request, which can be left out where no member is required. */
type Arguments<T> = Record<never, never> extends T ? [request?: T] : [request: T];

/**
 * Makes the method of an operation: it checks the constraints on the request's members, and then does what is asked.
 * Callers in this process come here directly, requests over HTTP after they are read.
 */
export const operation =
  <A extends Api, O extends keyof A['requests'] & string, R>(
    { requests, invalid }: A,
    name: O,
    run: (request: RequestOf<A, O>) => R,
  ) =>
  (...[request = {} as RequestOf<A, O>]: Arguments<RequestOf<A, O>>): R => {
    const violation = requests[name]?.violation(request, '');
    if (violation !== undefined) throw new AwsError(invalid, validationErrors([violation]));
    return run(request);
  };
