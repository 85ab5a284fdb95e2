import type { Failure } from '../execution/failure';

/**
 * Whether `ErrorEquals` names a failure. `States.ALL` stands for every error, `States.TaskFailed` for every one but a
 * timeout (Amazon States Language, "Errors"); what ends the whole execution is not asked here.
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
