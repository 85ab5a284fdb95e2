/**
 * The services that the caller passes to an execution. The engine knows no HTTP, no Lambda and no file system: it
 * receives a task invoker, a clock and a source of ids and randomness.
 */
import type { HistoryEvent, JsonText } from '../../history/events';
import type { MapRunKeeper } from './map-runs';
import type { ObjectStore } from './object-store';

/** The time, and timers. A virtual clock makes a Wait of one day take no time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `callback` once, `milliseconds` from now; the returned function cancels it. */
  setTimer(milliseconds: number, callback: () => void): () => void;
  /**
   * For real time: after some milliseconds of work without a pause, a promise for the event loop's next turn, so that
   * the rest of the process does not wait. Long work asks for it between its steps.
   */
  nextTurn?(): Promise<void> | undefined;
  /** Makes a simulated time wait for work in progress; call the returned function when it is done. */
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
  /** The number of earlier attempts of this visit: 0 the first time. */
  readonly retryCount: number;
  readonly executionArn: string;
  /** The id of the event that scheduled this call. */
  readonly scheduledEventId: number;
  /** The role that makes the call: the state's Credentials, or the state machine's role. */
  readonly roleArn: string;
  /** For `.waitForTaskToken`, `.sync` and activities: the token for `Execution.completeTask`. */
  readonly taskToken?: string;
  /**
   * Aborted when the state times out, or the execution stops: the result is then ignored. The reason is `RETURNED` when
   * the token of a job was returned before its end: the job continues.
   */
  readonly signal: AbortSignal;
  /**
   * For `.sync`: the job has started. Writes TaskSubmitted; from then on, simulated time no longer waits for the result.
   * @param output the service's response, as JSON text
   */
  submitted(output: JsonText): void;
  /** For an activity whose task was scheduled: a worker has taken it. Writes ActivityStarted; the timeouts begin. */
  started(workerName?: string): void;
}

/** The reason of an aborted signal: the token of a job that still runs was returned. */
export const RETURNED = 'RETURNED';

/**
 * What a Task calls: a Lambda function or an activity by its ARN, or an integration such as `lambda` `invoke`. `pattern`
 * is how the state waits (Step Functions Developer Guide, "Service integration patterns").
 */
export type TaskTarget =
  | { readonly kind: 'lambda'; readonly functionArn: string }
  | { readonly kind: 'activity'; readonly activityArn: string }
  | {
      readonly kind: 'integration';
      /** The service, such as `lambda`. */
      readonly resourceType: string;
      /** The action, as in the history, such as `invoke` or `invoke.waitForTaskToken`. */
      readonly resource: string;
      readonly pattern: 'requestResponse' | 'sync' | 'waitForTaskToken';
    };

/** How a call ended. */
export type TaskResult = TaskSuccess | TaskFailure;

/**
 * An activity's task waits for a worker, who takes it (`TaskCall.started`) and returns its token. As a promise, it has been
 * taken already.
 */
export interface TaskScheduled {
  readonly scheduled: true;
}

export type TaskAnswer = TaskResult | TaskScheduled;

export interface TaskSuccess {
  /** JSON text; for `lambda:invoke` the whole result with StatusCode and Payload. */
  readonly output: JsonText;
  /** For `.sync` without a call of `submitted`: the service's response to the start of the job, as JSON text. */
  readonly submitted?: JsonText;
  /** The duration of the call in milliseconds, by the execution's clock: a stand-in can exceed the state's timeout. */
  readonly takes?: number;
}

export interface TaskFailure {
  readonly error: string;
  readonly cause?: string;
  /** For `.sync`: the service's response to the start of a job that failed later, as JSON text. */
  readonly submitted?: JsonText;
  /**
   * Where the call failed (default: `run`). `run`: the work itself failed (`LambdaFunctionFailed`, `TaskFailed`,
   * `ActivityFailed`). `start`: it could not be started (`LambdaFunctionStartFailed`, `TaskStartFailed`,
   * `ActivityScheduleFailed`); return this directly, not as a promise. `submit`: the service rejected the job
   * (`TaskSubmitFailed`).
   */
  readonly stage?: 'start' | 'submit' | 'run';
  /** The duration of the call in milliseconds, by the execution's clock. */
  readonly takes?: number;
}

/**
 * Makes the call. Returns the result directly (tests, stand-ins) or as a promise; never throws for a failed task. Only the
 * task of an activity can be scheduled.
 */
export type TaskInvoker = (call: TaskCall) => TaskAnswer | Promise<TaskAnswer>;

/** The services that an execution needs. */
export interface EngineServices {
  readonly invokeTask: TaskInvoker;
  readonly clock: Clock;
  /** Whether an activity exists (default: all do). A Task of any other ends the execution. */
  readonly hasActivity?: (activityArn: string) => boolean;
  /** For distributed Maps that read or write objects; without it, they fail. */
  readonly objects?: ObjectStore;
  /** Keeps Map Runs; without it, the redrive of a Map Run starts all of its child executions again. */
  readonly mapRuns?: MapRunKeeper;
  /** In [0, 1): for jitter, States.MathRandom and $random. */
  readonly random: () => number;
  /** A fresh UUID, version 4. */
  readonly uuid: () => string;
  /** Whether `Execution.events` keeps the events (default: true). False for a caller of `onEvent` that keeps them itself. */
  readonly keepEvents?: boolean;
  /** Called with each event as it is written: for progress and live pages. */
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Called with each event of the child executions of distributed Maps, which have their own histories. */
  readonly onChildEvent?: (executionArn: string, event: HistoryEvent) => void;
}
