/**
 * A mistake that the user can fix. The message says what is wrong and where, the hint what to do next. The command
 * prints it without a stack trace and exits with 1.
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
