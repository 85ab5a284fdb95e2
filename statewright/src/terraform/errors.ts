import { UserError } from '../user-error';

/** A part of a stack that cannot be deployed here. The message begins with its place, like `aws_iam_role.test.name`. */
export class TerraformError extends UserError {
  override readonly name: string = 'TerraformError';

  constructor(
    readonly place: string,
    problem: string,
    hint?: string,
  ) {
    super(`${place}: ${problem}`, hint);
  }
}

/** The stack's file is missing, or is not Terraform JSON. */
export class ConfigurationError extends TerraformError {
  override readonly name = 'ConfigurationError';
}

/** A block, a resource type, a function or a piece of syntax that Terraform supports and this module does not. */
export class UnsupportedError extends TerraformError {
  override readonly name = 'UnsupportedError';
}

/** Text between `${` and `}` that is not a valid expression. */
export class ExpressionSyntaxError extends TerraformError {
  override readonly name = 'ExpressionSyntaxError';

  /** @param position the place of the error in the text, from 0 */
  constructor(place: string, problem: string, text: string, position: number) {
    const before = text.slice(0, position).split('\n');
    const line = text.split('\n')[before.length - 1] as string;
    const column = (before.at(-1) as string).length + 1;
    const where = line === text ? '' : `line ${before.length}, `;
    super(place, `${problem} at ${where}column ${column} of ${excerpt(line, column)}`);
  }
}

/** An expression without a value: the wrong type, or an attribute that does not exist. */
export class ExpressionError extends TerraformError {
  override readonly name = 'ExpressionError';
}

/** A reference to something that is not in the stack. */
export class UnknownReferenceError extends TerraformError {
  override readonly name = 'UnknownReferenceError';
}

/** Resources that depend on each other. */
export class DependencyCycleError extends TerraformError {
  override readonly name = 'DependencyCycleError';

  /** @param cycle addresses; the last one is the first one again */
  constructor(cycle: readonly [string, ...string[]]) {
    super(cycle[0], `depends on itself: ${cycle.join(' → ')}`, 'Remove one of these references.');
  }
}

/** An argument of a resource that is missing, or of the wrong type. */
export class ArgumentError extends TerraformError {
  override readonly name = 'ArgumentError';
}

/** A resource that the local AWS refuses to create; the problem is the AWS error's code and message. */
export class ResourceError extends TerraformError {
  override readonly name = 'ResourceError';
}

/** The line; only the part around the column when it is long. */
function excerpt(text: string, column: number): string {
  const start = Math.max(0, column - 40);
  const part = text.slice(start, column + 40);
  return JSON.stringify(`${start > 0 ? '…' : ''}${part}${start + part.length < text.length ? '…' : ''}`);
}
