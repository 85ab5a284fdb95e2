import type { ErrorDetails } from '../../history/events';

/** Why a state failed, as Retry and Catch see it. */
export interface Failure {
  /** Absent for a Fail state without `Error`. */
  readonly error?: string;
  readonly cause?: string;
  /** Ends the whole execution: no Retry or Catch at any level handles it (`States.Runtime`). */
  readonly fatal?: true;
  /** A second name by which ErrorEquals may match it: a missed heartbeat is a `States.Timeout` too. */
  readonly alias?: string;
}

/** The error that cannot be caught, by AWS's documentation (Step Functions Developer Guide, "Error names"). */
export const RUNTIME_ERROR = 'States.Runtime';

/**
 * A failure that the engine itself reports, in AWS's wording: the cause names the state and its Entered event.
 */
export function runtimeFailure(
  error: string,
  message: string,
  state: string,
  enteredEventId: number,
): Failure {
  const cause = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ${message}`;
  return error === RUNTIME_ERROR ? { error, cause, fatal: true } : { error, cause };
}

/** The error and the cause as members of an event's details. */
export function errorDetails({ error, cause }: Failure): ErrorDetails {
  if (error === undefined) return cause === undefined ? {} : { cause };
  return cause === undefined ? { error } : { error, cause };
}

/** The error output: `$.Error` and `$.Cause`, or `$states.errorOutput`, when an error is caught. */
export function errorOutput(failure: Failure): { readonly Error: string; readonly Cause: string } {
  return { Error: failure.error ?? '', Cause: failure.cause ?? '' };
}
