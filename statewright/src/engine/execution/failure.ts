import type { ErrorDetails } from '../../history/events';

/** Why a state failed, as Retry and Catch see it. */
export interface Failure {
  /** Absent for a Fail state without `Error`. */
  readonly error?: string;
  readonly cause?: string;
  /** Ends the whole execution: no Retry and no Catch, however far out, sees it (`States.Runtime`). */
  readonly fatal?: true;
  /** A second name by which ErrorEquals may match it: a missed heartbeat is a `States.Timeout` too. */
  readonly alias?: string;
}

/** The errors that AWS's documentation says nothing can catch (Step Functions Developer Guide, "Error names"). */
export const RUNTIME_ERROR = 'States.Runtime';

/**
 * A failure that the engine itself found, in AWS's wording: the cause names the state, and the event that it was entered by.
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

/** The error and the cause as an event's details carry them. */
export function errorDetails({ error, cause }: Failure): ErrorDetails {
  if (error === undefined) return cause === undefined ? {} : { cause };
  return cause === undefined ? { error } : { error, cause };
}

/** What `$.Error`/`$.Cause` and `$states.errorOutput` hold where an error was caught. */
export function errorOutput(failure: Failure): { readonly Error: string; readonly Cause: string } {
  return { Error: failure.error ?? '', Cause: failure.cause ?? '' };
}
