/**
 * A mistake that whoever runs the command can mend. The message says what is wrong and where, the hint what to do
 * next; it is shown without a stack trace, and the command exits with 1.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
