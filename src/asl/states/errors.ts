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

export interface Retrier {
  readonly ErrorEquals: ErrorNames;
  /** Seconds before the first retry; a positive integer, 1 by default. */
  readonly IntervalSeconds?: number;
  /** How many retries at most; 0 means none, 3 is the default. */
  readonly MaxAttempts?: number;
  /** By what each pause is longer than the one before; at least 1, 2 by default. */
  readonly BackoffRate?: number;
  /** The longest pause in seconds; greater than IntervalSeconds. */
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
  readonly Comment?: string;
}

interface CatcherFields<N extends string> {
  readonly ErrorEquals: ErrorNames;
  readonly Next: N;
  readonly Comment?: string;
}

export interface JsonPathCatcher<N extends string = string> extends CatcherFields<N> {
  /** Where the error object goes in the state's input. */
  readonly ResultPath?: JsonPath | null;
  readonly Assign?: JsonPathAssign;
}

export interface JsonataCatcher<N extends string = string> extends CatcherFields<N> {
  readonly Output?: JsonValue;
  readonly Assign?: JsonataAssign;
}

export interface JsonPathErrorHandling<N extends string> {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly JsonPathCatcher<N>[];
}

export interface JsonataErrorHandling<N extends string> {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly JsonataCatcher<N>[];
}
