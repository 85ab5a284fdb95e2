/** Retry and Catch (States Language specification, "Errors"). */
import type { StatesError } from '../states-errors';
import type { Token } from '../token';
import type { JsonataAssign, JsonPath, JsonPathAssign, JsonValue } from '../values';

/** A predefined error name, which editors suggest, or any other name. */
export type ErrorName = StatesError | (string & Record<never, never>);

/** At least one error name, or a list that only Terraform knows. */
export type ErrorNames = readonly ErrorName[] | Token;

/** One retrier of a Retry (States Language specification, "Retrying after error"). */
export interface Retrier {
  /** The errors that it matches; `States.ALL` must be alone, in the last retrier. */
  readonly ErrorEquals: ErrorNames;
  /** The seconds before the first retry (default: 1). */
  readonly IntervalSeconds?: number | Token;
  /** The maximum number of retries, from 0 to 99999999 (default: 3). */
  readonly MaxAttempts?: number | Token;
  /** The factor by which each interval grows, at least 1 (default: 2). */
  readonly BackoffRate?: number | Token;
  /** The longest interval in seconds; greater than IntervalSeconds, at most 31622400. */
  readonly MaxDelaySeconds?: number | Token;
  /** FULL waits for a random time up to the interval (default: NONE). */
  readonly JitterStrategy?: 'FULL' | 'NONE' | Token;
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

interface CatcherFields<N extends string> {
  /** The errors that it matches; `States.ALL` must be alone, in the last catcher. */
  readonly ErrorEquals: ErrorNames;
  /** The next state after the error: a state of the same scope. */
  readonly Next: N;
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

/** One catcher of a Catch (States Language specification, "Fallback states"). */
export interface JsonPathCatcher<N extends string = string> extends CatcherFields<N>, JsonPathAssign {
  /** Where in the state's input to put the error object, `{"Error": …, "Cause": …}` (default: `$`, in place of it). */
  readonly ResultPath?: JsonPath | null;
}

/** One catcher of a Catch (States Language specification, "Fallback states"). */
export interface JsonataCatcher<N extends string = string> extends CatcherFields<N>, JsonataAssign {
  /** The output (default: `$states.errorOutput`, which is `{"Error": …, "Cause": …}`). */
  readonly Output?: JsonValue;
}

interface Retries {
  /** The retriers; the first one that matches an error applies (specification, "Retrying after error"). */
  readonly Retry?: readonly Retrier[];
}

export interface JsonPathErrorHandling<N extends string> extends Retries {
  /** The catchers, for errors that remain after Retry; the first match applies (specification, "Fallback states"). */
  readonly Catch?: readonly JsonPathCatcher<N>[];
}

export interface JsonataErrorHandling<N extends string> extends Retries {
  /** The catchers, for errors that remain after Retry; the first match applies (specification, "Fallback states"). */
  readonly Catch?: readonly JsonataCatcher<N>[];
}
