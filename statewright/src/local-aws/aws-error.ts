/** An error that an AWS API answers with: its code, its text and its HTTP status (400 unless the API says otherwise). */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
