/** Retry and Catch (States Language specification, "Errors"). */
import type { JsonataAssign, JsonPath, JsonPathAssign, JsonValue } from '../values';

/** Error names that the language itself reports. `States.ALL` matches any but States.DataLimitExceeded and States.Runtime. */
export type StatesError =
  | 'States.ALL'
  | 'States.BranchFailed'
  | 'States.DataLimitExceeded'
  | 'States.ExceedToleratedFailureThreshold'
  | 'States.HeartbeatTimeout'
  | 'States.Http.Socket'
  | 'States.IntrinsicFailure'
  | 'States.ItemReaderFailed'
  | 'States.NoChoiceMatched'
  | 'States.ParameterPathFailure'
  | 'States.Permissions'
  | 'States.QueryEvaluationError'
  | 'States.ResultPathMatchFailure'
  | 'States.ResultWriterFailed'
  | 'States.Runtime'
  | 'States.TaskFailed'
  | 'States.Timeout';

/** One of the language's own error names, offered by the editor, or any name of your own. */
export type ErrorName = StatesError | (string & Record<never, never>);

/** At least one error name. */
export type ErrorNames = readonly [ErrorName, ...ErrorName[]];

/** One policy of a Retry (States Language specification, "Retrying after error"). */
export interface Retrier {
  /** The errors it is for; `States.ALL` stands alone, in the last retrier. */
  readonly ErrorEquals: ErrorNames;
  /** Seconds before the first retry; 1 by default. */
  readonly IntervalSeconds?: number;
  /** How many retries at most, up to 99999999; 0 means none, 3 is the default. */
  readonly MaxAttempts?: number;
  /** By what each pause is longer than the one before; at least 1, 2 by default. */
  readonly BackoffRate?: number;
  /** The longest pause in seconds; greater than IntervalSeconds, at most 31622400. */
  readonly MaxDelaySeconds?: number;
  /** FULL makes each pause a random part of itself; NONE is the default. */
  readonly JitterStrategy?: 'FULL' | 'NONE';
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

interface CatcherFields<N extends string> {
  /** The errors it is for; `States.ALL` stands alone, in the last catcher. */
  readonly ErrorEquals: ErrorNames;
  /** Where the error leads: a state of the same scope. */
  readonly Next: N;
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

/** One way out of a Catch (States Language specification, "Fallback states"). */
export interface JsonPathCatcher<N extends string = string> extends CatcherFields<N>, JsonPathAssign {
  /** Where the error object, `{"Error": …, "Cause": …}`, goes in the state's input; in place of it by default. */
  readonly ResultPath?: JsonPath | null;
}

/** One way out of a Catch (States Language specification, "Fallback states"). */
export interface JsonataCatcher<N extends string = string> extends CatcherFields<N>, JsonataAssign {
  /** What the next state gets; `$states.errorOutput`, `{"Error": …, "Cause": …}`, by default. */
  readonly Output?: JsonValue;
}

interface Retries {
  /** What is tried again, and when; the first retrier that matches is taken (specification, "Retrying after error"). */
  readonly Retry?: readonly Retrier[];
}

export interface JsonPathErrorHandling<N extends string> extends Retries {
  /** Where errors lead that no Retry mends; the first catcher that matches is taken (specification, "Fallback states"). */
  readonly Catch?: readonly JsonPathCatcher<N>[];
}

export interface JsonataErrorHandling<N extends string> extends Retries {
  /** Where errors lead that no Retry mends; the first catcher that matches is taken (specification, "Fallback states"). */
  readonly Catch?: readonly JsonataCatcher<N>[];
}
