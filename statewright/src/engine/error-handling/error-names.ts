import type { Failure } from '../execution/failure';

/**
 * Whether `ErrorEquals` matches a failure. `States.ALL` matches every error, `States.TaskFailed` every error except a
 * timeout (Amazon States Language, "Errors"). Fatal failures are not checked here.
 */
export function matches(errorEquals: readonly string[], { error, alias }: Failure): boolean {
  return errorEquals.some(
    (name) =>
      name === 'States.ALL' ||
      name === error ||
      (alias !== undefined && name === alias) ||
      (name === 'States.TaskFailed' && error !== 'States.Timeout'),
  );
}
