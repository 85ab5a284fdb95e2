/** One call that a Task makes, as a stand-in sees it. */
export interface Call {
  /** The Task's name. */
  readonly state: string;
  /** The Task's `Resource`. */
  readonly resource: string;
  /** The name of the called Lambda function; undefined for any other service. */
  readonly lambda?: string;
  /** The version or the alias of the function that it calls, if the Task names one. */
  readonly qualifier?: string;
  /** The function's event, or the service's parameters. */
  readonly input: unknown;
  /** The number of earlier attempts in this visit of the state. */
  readonly retryCount: number;
  /** The role that makes the call: the state machine's, or the one of the Task's `Credentials`. */
  readonly roleArn: string;
}
