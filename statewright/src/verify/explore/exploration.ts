/** What `explore` returns: the table of errors and ends, what it found, and what it could not see. */
import type { WorkflowType } from '../../asl/validation/place';

/** What happened at one Task, if it was not the first result that the Task can have. */
export interface Step {
  /** The visit: `Charge`, `Charge#2` for the second visit, `Each[0]/Work` for an item of a Map, `Both/Left` for a branch. */
  readonly visit: string;
  /** The name of the Task. */
  readonly state: string;
  /** An error's name, `no answer`, or another result as JSON text. */
  readonly outcome: string;
}

/** How an execution ended. `NEVER_ENDS`: it waits or repeats without an end (on AWS for a year, the longest duration). */
export interface End {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'NEVER_ENDS';
  /** The last state; for a failure the state that failed; for an execution that never ends where it waits or repeats. */
  readonly state: string;
  /** For FAILED: the error, unless it is the error of the row. */
  readonly error?: string;
  /** For NEVER_ENDS: it waits for an answer, or it repeats states. */
  readonly because?: 'waits' | 'repeats';
}

/** A row of the table: what follows when this error occurs, and everything after it succeeds. */
export interface Row {
  /** The Task that fails; empty for an execution without an error. */
  readonly state: string;
  /** An error's name, `any other error`, or `no answer`; empty for an execution without an error. */
  readonly error: string;
  /** How often the Task itself is retried before the error is final. */
  readonly retries: number;
  /** The place of the Catch entry that handles the error, such as `/States/Charge/Catch[0]`. */
  readonly caughtBy?: string;
  /** The state that the Catch entry continues with. */
  readonly continuesIn?: string;
  readonly end: End;
  /** The shortest sequence of outcomes that leads there; Tasks that are not in it succeed. */
  readonly steps: readonly Step[];
  /** The execution as a test with the testing kit. */
  readonly test: string;
}

export type FindingKind =
  | 'UNHANDLED'
  | 'NEVER_APPLIES'
  | 'HANDLER_FAILS'
  | 'INPUT_LOST'
  | 'SUCCEEDS_AFTER_FAILURE'
  | 'NEVER_ENDS'
  | 'NO_TIMEOUT'
  | 'FAILS_WITHOUT_ERROR'
  | 'NOT_REACHED';

/** Something that the exploration points out. */
export interface Finding {
  readonly kind: FindingKind;
  /** The place in the definition, such as `/States/Charge/Catch[0]`. */
  readonly location: string;
  readonly message: string;
}

/** The answer of `explore`. */
export interface Exploration {
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  /** The limits that were reached, as sentences: what lies behind them is not in the table. */
  readonly limits: readonly string[];
  /** The number of executions that were run. */
  readonly executions: number;
}

/** A result or an error that a Task can have, in addition to what its definition says. */
export type Sample = { readonly result: unknown } | { readonly error: string; readonly cause?: string };

/** A call whose samples are asked for. */
export interface SampledCall {
  readonly state: string;
  /** The `Resource` of the Task. */
  readonly resource: string;
  /** The event of the function, or the parameters of the service. */
  readonly input: unknown;
}

export interface ExploreOptions {
  /** Inputs of the execution (default: an example, from the paths that the states read). */
  readonly inputs?: readonly unknown[];
  /** What a call can return (default, or when the list is empty: an example, from the paths that later states read). */
  readonly samples?: (call: SampledCall) => readonly Sample[] | Promise<readonly Sample[]>;
  /** The type of the state machine (default: STANDARD). */
  readonly type?: WorkflowType;
  /** The largest number of executions (default: 5000). */
  readonly maxExecutions?: number;
  /** The largest number of events in one execution (default: 5000). */
  readonly maxEvents?: number;
  /** The first lines of each test: what assigns `workflow` (default: `deployDefinition(definition)`). */
  readonly deploy?: string;
}
