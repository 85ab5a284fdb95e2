/**
 * A failure that a state machine can see: `error` is the name that Retry and Catch match, `message` the text that
 * AWS writes into the cause, without the leading "An error occurred while executing the state …".
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

/** A path goes through too many values, or finds too much: `States.Runtime`. */
export class PathLimitError extends StatesError {
  override readonly name = 'PathLimitError';

  constructor(reason: string) {
    super('States.Runtime', `The JSONPath ${reason}`);
  }
}

/** AWS rejects a path into `null` before it evaluates the path. */
export function pathIntoNullError(): PathEvaluationError {
  return new PathEvaluationError('Unable to apply Path transformation to null or empty input.');
}

/**
 * A reference path does not fit the document. States-language.net calls it `States.ResultPathMatchFailure`; AWS
 * reports `States.ReferencePathConflict`.
 */
export class ReferencePathConflictError extends StatesError {
  override readonly name = 'ReferencePathConflictError';

  constructor(message: string) {
    super('States.ReferencePathConflict', message);
  }
}

/** The arguments of an intrinsic function are invalid or missing: `States.Runtime`. */
export class IntrinsicError extends StatesError {
  override readonly name = 'IntrinsicError';

  constructor(
    /** The whole expression, as written. */
    readonly expression: string,
    reason: string,
  ) {
    super('States.Runtime', `The function '${expression}' had the following error: ${reason}`);
  }
}

/** A JSONata expression failed, found nothing, or returned the wrong type: `States.QueryEvaluationError`. */
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

/** A payload template that CreateStateMachine rejects. */
export class InvalidTemplateError extends Error {
  override readonly name = 'InvalidTemplateError';
}

/** A JSONata expression with a syntax error. */
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
