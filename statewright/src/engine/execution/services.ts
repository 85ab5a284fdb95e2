/**
 * What an execution is given from outside. The engine knows no HTTP, no Lambda and no file system: whoever runs
 * it hands it a task invoker, a clock and a source of ids and randomness.
 */
import type { HistoryEvent, JsonText } from '../../history/events';

/** The time, and timers that run by it. A virtual clock makes a Wait of one day take no time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `callback` once, `milliseconds` from now; the returned function cancels it. */
  setTimer(milliseconds: number, callback: () => void): () => void;
  /** Says that work is under way which a simulated time has to wait for; the returned function says it is done. */
  hold?(): () => void;
}

/** One call of a Task state's resource. */
export interface TaskCall {
  /** The `Resource` as the definition writes it. */
  readonly resource: string;
  readonly target: TaskTarget;
  /** JSON text: the event of a Lambda ARN, or the integration's parameters (for `lambda:invoke`: FunctionName, Payload). */
  readonly input: JsonText;
  readonly stateName: string;
  /** How often this state was tried before, in this visit: 0 the first time. */
  readonly retryCount: number;
  readonly executionArn: string;
  /** The id of the event by which this call was scheduled: its place in the history. */
  readonly scheduledEventId: number;
  /** The role that makes the call: the state's Credentials, else the machine's own. */
  readonly roleArn: string;
  /** Only for `.waitForTaskToken`: what `Execution.completeTask` takes. */
  readonly taskToken?: string;
  /** Aborted when the state times out, or the execution stops: the answer will not be read. */
  readonly signal: AbortSignal;
}

/**
 * What is called: a Lambda function or an activity by its ARN, or an integration such as `lambda` `invoke`. `pattern`
 * is how the state waits (Step Functions Developer Guide, "Service integration patterns").
 */
export type TaskTarget =
  | { readonly kind: 'lambda'; readonly functionArn: string }
  | { readonly kind: 'activity'; readonly activityArn: string }
  | {
      readonly kind: 'integration';
      /** The service, such as `lambda`. */
      readonly resourceType: string;
      /** The action, such as `invoke` or `invoke.waitForTaskToken`, as the history writes it. */
      readonly resource: string;
      readonly pattern: 'requestResponse' | 'sync' | 'waitForTaskToken';
    };

/** How a call ended. */
export type TaskResult = TaskSuccess | TaskFailure;

export interface TaskSuccess {
  /** JSON text; for `lambda:invoke` the whole result with StatusCode and Payload. */
  readonly output: JsonText;
  /** For `.sync`: the service's answer to the start of the job, as JSON text, which `TaskSubmitted` carries. */
  readonly submitted?: JsonText;
  /** Milliseconds, by the execution's clock, that the call takes: a stand-in can outlast the state's timeout. */
  readonly takes?: number;
}

export interface TaskFailure {
  readonly error: string;
  readonly cause?: string;
  /** For `.sync`: the service's answer to the start of a job that failed later, as JSON text. */
  readonly submitted?: JsonText;
  /**
   * How far the call came. `run`, unless told otherwise: the work itself failed (`LambdaFunctionFailed`, `TaskFailed`,
   * `ActivityFailed`). `start`: it could not be started (`LambdaFunctionStartFailed`, `TaskStartFailed`, `ActivityScheduleFailed`); this has to be answered at once,
   * not by a promise. `submit`: the service refused the job (`TaskSubmitFailed`).
   */
  readonly stage?: 'start' | 'submit' | 'run';
  /** Milliseconds, by the execution's clock, that the call takes. */
  readonly takes?: number;
}

/** Makes the call. It may answer at once (tests, stand-ins) or later; it never throws for a failed task. */
export type TaskInvoker = (call: TaskCall) => TaskResult | Promise<TaskResult>;

/** What an execution needs from its surroundings. */
export interface EngineServices {
  readonly invokeTask: TaskInvoker;
  readonly clock: Clock;
  /** In [0, 1): for jitter, States.MathRandom and $random. */
  readonly random: () => number;
  /** A fresh UUID, version 4. */
  readonly uuid: () => string;
  /** False: `Execution.events` stays empty, for who keeps the events that `onEvent` tells. Default: true. */
  readonly keepEvents?: boolean;
  /** Told each event as it is written: for progress and live pages. */
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Told each event of the child executions that distributed Maps run, which is in no history of the execution's own. */
  readonly onChildEvent?: (executionArn: string, event: HistoryEvent) => void;
}
