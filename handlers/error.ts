/** The error output of a Catch: the error's name, and Lambda's report of it as JSON text. */
export interface ErrorOutput {
  Error: string;
  Cause: string;
}

/** Handles the error that the state machine caught: here, by logging it. */
export async function handler(event: ErrorOutput): Promise<string> {
  console.log('called error_handler', JSON.stringify(event));
  return 'handled';
}
