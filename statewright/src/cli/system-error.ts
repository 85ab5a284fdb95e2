import { UserError } from '../user-error';
import { reasonOf } from '../user-file';

/** Hints for errors of the system, by their codes. */
const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions.',
  EDQUOT: 'Free some space.',
  EMFILE: 'Too many files are open: raise the limit with ulimit -n.',
  ENOENT: 'Check that it exists.',
  ENOSPC: 'Free some space.',
  EPERM: 'Check the permissions.',
  EROFS: 'The disk is read-only: choose another folder.',
};

/** Whether an error is of the file system or the network, and so not a defect. Its `code` is, for example, EACCES. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/**
 * An error of the system as one that is shown without a stack trace; any other error unchanged.
 *
 * @param problem what failed, such as `The local AWS cannot listen`
 */
export function asUserError(error: unknown, problem?: string): unknown {
  if (!isSystemError(error)) return error;
  const message = problem === undefined ? error.message : `${problem}: ${reasonOf(error)}`;
  const hint = error.syscall === 'listen' ? 'Choose another port: --port PORT' : HINTS[error.code ?? ''];
  return new UserError(message, hint);
}
