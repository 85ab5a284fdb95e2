import { AwsError } from '../aws-error';
import { type Shape, ShapeError } from './shape';

/** One operation of a service's API: reads a request's members, and does what they ask. */
export type Operation = (members: unknown) => unknown;

/** The operations of a service by name. */
export type Operations = ReadonlyMap<string, Operation>;

/** Ties a request's shape to the method that takes it: the compiler checks that they agree. */
export function operation<T>(shape: Shape<T>, method: (request: T) => unknown): Operation {
  return (members) => method(shape(members, ''));
}

/** The codes by which a service refuses a request that is not well formed. */
export interface RefusalCodes {
  /** The request cannot be read. */
  readonly unreadable: string;
  /** A member is missing or has a value that is not allowed. */
  readonly invalid: string;
}

/** Any failure as the error that is answered; what is not AWS's own kind of error is a fault of this program. */
export function asAwsError(error: unknown, codes: RefusalCodes): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof ShapeError) {
    return new AwsError(error.kind === 'type' ? codes.unreadable : codes.invalid, error.message);
  }
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
