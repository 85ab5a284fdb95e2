/** Answers Tasks that wait for their token. What AWS would reject throws an error with AWS's `code`. */
export interface Callbacks {
  /** Whether a text is the token of a Task of an execution, waiting or not. */
  isTokenOf(executionArn: string, text: string): boolean;
  /** @param output JSON text */
  succeed(taskToken: string, output: string): Promise<unknown>;
  fail(taskToken: string, error: string, cause: string): Promise<unknown>;
}
