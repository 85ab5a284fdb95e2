import { UserError } from '../user-error';

/** Something in a stack that cannot be deployed here. The message begins with the place, such as `aws_iam_role.test.name`. */
export class TerraformError extends UserError {
  override readonly name: string = 'TerraformError';

  constructor(place: string, problem: string, hint?: string) {
    super(`${place}: ${problem}`, hint);
  }
}

/** The stack's file is missing, or is not Terraform JSON. */
export class ConfigurationError extends TerraformError {
  override readonly name = 'ConfigurationError';
}

/** A block, a resource type, a function or a piece of syntax that Terraform has and this does not. */
export class UnsupportedError extends TerraformError {
  override readonly name = 'UnsupportedError';
}

/** Text between `${` and `}` that is no expression. */
export class ExpressionSyntaxError extends TerraformError {
  override readonly name = 'ExpressionSyntaxError';

  /** @param column where it went wrong, from 1 */
  constructor(place: string, problem: string, text: string, column: number) {
    super(place, `${problem} at column ${column} of ${excerpt(text, column)}`);
  }
}

/** An expression that has no value: the wrong type, or an attribute that is not there. */
export class ExpressionError extends TerraformError {
  override readonly name = 'ExpressionError';
}

/** A reference to what the stack does not have. */
export class UnknownReferenceError extends TerraformError {
  override readonly name = 'UnknownReferenceError';
}

/** Resources that wait for each other. */
export class DependencyCycleError extends TerraformError {
  override readonly name = 'DependencyCycleError';

  /** @param cycle addresses, of which the first is the last too */
  constructor(cycle: readonly [string, ...string[]]) {
    super(cycle[0], `waits for itself: ${cycle.join(' → ')}`, 'Take one of these references away.');
  }
}

/** An argument of a resource that is missing, or of the wrong type. */
export class ArgumentError extends TerraformError {
  override readonly name = 'ArgumentError';
}

/** A resource that the local AWS refuses to make; the problem is the AWS error's code and text. */
export class ResourceError extends TerraformError {
  override readonly name = 'ResourceError';
}

/** The text, or what is around the column when it is long. */
function excerpt(text: string, column: number): string {
  const start = Math.max(0, column - 40);
  const part = text.slice(start, column + 40);
  return JSON.stringify(`${start > 0 ? '…' : ''}${part}${start + part.length < text.length ? '…' : ''}`);
}
