/**
 * A failure that a state machine can see: `error` is the name that Retry and Catch match, `message` the text that
 * AWS writes into the cause, without the "An error occurred while executing the state …" in front of it.
 */
export class StatesError extends Error {
  override readonly name: string = 'StatesError';

  constructor(
    readonly error: string,
    message: string,
  ) {
    super(message);
  }
}

/** A path found nothing: `States.Runtime`. */
export class PathEvaluationError extends StatesError {
  override readonly name = 'PathEvaluationError';

  constructor(message: string) {
    super('States.Runtime', message);
  }
}

/** Nothing can be read from `null`, and AWS says so before it looks. */
export function pathIntoNullError(): PathEvaluationError {
  return new PathEvaluationError('Unable to apply Path transformation to null or empty input.');
}

/**
 * A document has no room for a reference path. States-language.net calls it `States.ResultPathMatchFailure`; AWS
 * reports `States.ReferencePathConflict`.
 */
export class ReferencePathConflictError extends StatesError {
  override readonly name = 'ReferencePathConflictError';

  constructor(message: string) {
    super('States.ReferencePathConflict', message);
  }
}

/** An intrinsic function refuses its arguments, or misses one: `States.Runtime`. */
export class IntrinsicError extends StatesError {
  override readonly name = 'IntrinsicError';

  constructor(
    /** The whole expression as it was written. */
    readonly expression: string,
    reason: string,
  ) {
    super('States.Runtime', `The function '${expression}' had the following error: ${reason}`);
  }
}

/** A JSONata expression failed, found nothing, or gave what the field does not take: `States.QueryEvaluationError`. */
export class QueryEvaluationError extends StatesError {
  override readonly name = 'QueryEvaluationError';

  constructor(
    message: string,
    /** The field whose expression failed, such as `Output/total`. */
    readonly location: string,
  ) {
    super('States.QueryEvaluationError', message);
  }
}

/** A payload template that AWS refuses when the state machine is created. */
export class InvalidTemplateError extends Error {
  override readonly name = 'InvalidTemplateError';
}

/** A JSONata expression that cannot be read. */
export class JsonataSyntaxError extends Error {
  override readonly name = 'JsonataSyntaxError';

  constructor(
    reason: string,
    readonly expression: string,
    readonly location: string,
  ) {
    super(`Invalid JSONata expression '${expression}' in ${location}: ${reason}`);
  }
}
