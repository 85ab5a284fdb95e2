/** An error of an AWS API: its code, its message, its HTTP status (default: 400) and the error's other members. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
