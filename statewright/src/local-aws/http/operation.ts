import type { Api, ServiceOf } from '../api';
import { AwsError } from '../aws-error';
import { RequestError } from '../request-error';
import type { Schema, Wire } from '../schema';
import { OWN_SERVICES } from '../upstream';

/**
 * An operation of a service's API: reads the request's members and performs the operation.
 * @param hungUp returns a signal that is aborted when the caller no longer waits for the answer
 */
export type Operation = (members: unknown, wire: Wire, hungUp?: () => AbortSignal) => unknown;

/** The operations of a service by name. */
export type Operations<O extends string = string> = Readonly<Record<O, Operation>>;

/** The operations of an API, each with its schema and the service's method for it. */
export function operationsOf<A extends Api>(
  { requests }: A,
  service: ServiceOf<A>,
): Operations<keyof A['requests'] & string> {
  const methods = service as Readonly<
    Record<string, (request: unknown, hungUp?: () => AbortSignal) => unknown>
  >;
  const operations = Object.entries<Schema<unknown>>(requests).map(([name, schema]): [string, Operation] => {
    const method = methods[name.charAt(0).toLowerCase() + name.slice(1)];
    return [name, (members, wire, hungUp) => method?.(schema.read(members, '', wire), hungUp)];
  });
  return Object.fromEntries(operations) as Operations<keyof A['requests'] & string>;
}

/** Finds an operation by its name, which may be any text. */
export const findOperation = (operations: Operations, name: string): Operation | undefined =>
  Object.hasOwn(operations, name) ? operations[name] : undefined;

/** The error codes of a service for a malformed request. */
interface RefusalCodes {
  /** The request cannot be read. */
  readonly unreadable: string;
  /** A member is missing. */
  readonly invalid: string;
}

/** Turns any failure into the error of the answer; an error that is not an AWS error is a bug in this program. */
export function asAwsError(error: unknown, codes: RefusalCodes): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof RequestError) return new AwsError(codes[error.kind], error.message);
  // Where it happened is for whoever runs the server; a client is told only what happened.
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', `The local AWS failed: ${reason}`, 500);
}

/** Not 500 to 504: clients retry those for minutes. */
export function notImplemented(service: string, name: string): AwsError {
  const hint = OWN_SERVICES.has(service)
    ? ''
    : ` To pass requests for ${service} to an emulator that you run, such as moto_server, start the local AWS with --upstream URL or --endpoint ${service}=URL.`;
  return new AwsError(
    'UnknownOperationException',
    `The local AWS does not implement ${service}:${name}.${hint}`,
    501,
  );
}
