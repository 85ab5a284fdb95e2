import { AwsError } from './aws-error';
import { validationErrors } from './request-error';
import type { SchemaType, StructureSchema } from './schema';

type Requests = Readonly<Record<string, StructureSchema<unknown>>>;

/**
 * The API of a service: each operation's request, by the operation's name.
 *
 * To add an operation, add its request (`requests.ts` of the service), a function that performs it, and a method of
 * the service that connects the two. The JSON and Query protocols then find it by its name. An operation of Lambda also
 * needs a row in http/lambda-routes.ts.
 */
export interface Api<R extends Requests = Requests> {
  readonly requests: R;
  /** The error code for a member that is missing or does not satisfy its constraints. */
  readonly invalid: string;
}

/** The request of an operation. */
export type RequestOf<A extends Api, O extends keyof A['requests']> = SchemaType<A['requests'][O]>;

/** A service with a method for each operation. The method's name is the operation's, with a lower-case first letter. */
export type ServiceOf<A extends Api> = {
  readonly [O in keyof A['requests'] & string as Uncapitalize<O>]: (request: RequestOf<A, O>) => unknown;
};

/** The arguments of an operation: its request, which is optional when no member is required. */
type Arguments<T> = Record<never, never> extends T ? [request?: T] : [request: T];

/**
 * Creates the method of an operation: it checks the constraints on the request's members and then performs the
 * operation. Callers in this process call it directly, the HTTP server after it has parsed a request.
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
