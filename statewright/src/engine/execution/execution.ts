import type { HistoryEvent, JsonText } from '../../history/events';

/** The parameters of one execution: its input, and names that appear in its history and context object. */
export interface ExecutionRequest {
  /** JSON text; AWS's default is `{}`. */
  readonly input: JsonText;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  /** The type of the state machine (default: STANDARD). */
  readonly type?: 'STANDARD' | 'EXPRESS';
}

/** How an execution ended, as DescribeExecution reports it. */
export type ExecutionOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: JsonText }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error?: string; readonly cause?: string };

/** A running or ended execution. */
export interface Execution {
  /** The history so far, complete once `outcome` has resolved. */
  readonly events: readonly HistoryEvent[];
  /** Resolves, never rejects. */
  readonly outcome: Promise<ExecutionOutcome>;
  /** Stops it as StopExecution does; does nothing when it has already ended. */
  stop(reason?: { readonly error?: string; readonly cause?: string }): void;
  /** Ends the task that waits for this token (SendTaskSuccess, SendTaskFailure); `false` when no task waits for it. */
  completeTask(
    token: string,
    result: { readonly output: JsonText } | { readonly error: string; readonly cause?: string },
  ): boolean;
  /** Restarts the heartbeat timeout of the task that waits for this token; `false` when no task waits for it. */
  heartbeat(token: string): boolean;
}
