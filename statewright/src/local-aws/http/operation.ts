import type { Api, ServiceOf } from '../api';
import { AwsError } from '../aws-error';
import { RequestError } from '../request-error';
import type { Schema, Wire } from '../schema';

/** One operation of a service's API: reads a request's members, and does what they ask. */
export type Operation = (members: unknown, wire: Wire) => unknown;

/** The operations of a service by name. */
export type Operations<O extends string = string> = Readonly<Record<O, Operation>>;

/** The operations of an API, each with its schema and the method of the service that takes what is read. */
export function operationsOf<A extends Api>(
  { requests }: A,
  service: ServiceOf<A>,
): Operations<keyof A['requests'] & string> {
  const methods = service as Readonly<Record<string, (request: unknown) => unknown>>;
  const operations = Object.entries<Schema<unknown>>(requests).map(([name, schema]): [string, Operation] => {
    const method = methods[name.charAt(0).toLowerCase() + name.slice(1)];
    return [name, (members, wire) => method?.(schema.read(members, '', wire))];
  });
  return Object.fromEntries(operations) as Operations<keyof A['requests'] & string>;
}

/** An operation by its name, which may be any text. */
export const findOperation = (operations: Operations, name: string): Operation | undefined =>
  Object.hasOwn(operations, name) ? operations[name] : undefined;

/** The codes by which a service refuses a request that is not well formed. */
export interface RefusalCodes {
  /** The request cannot be read. */
  readonly unreadable: string;
  /** A member is missing. */
  readonly invalid: string;
}

/** Any failure as the error that is answered; what is not AWS's own kind of error is a fault of this program. */
export function asAwsError(error: unknown, codes: RefusalCodes): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof RequestError) return new AwsError(codes[error.kind], error.message);
  // Where it happened is for whoever runs the server; a client is told only what happened.
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', `The local AWS failed: ${reason}`, 500);
}

/** Not 500 to 504, which clients try again for minutes. */
export function notImplemented(service: string, name: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `The local AWS does not implement ${service}:${name}.`,
    501,
  );
}
