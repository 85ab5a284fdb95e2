import { UserError } from '../user-error';

/** What can be done about what the system refuses, by the error's code. */
const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Check who may read and write there.',
  EADDRINUSE: 'Another program has this port: end it, or choose another one with --port.',
  EDQUOT: 'Free some space.',
  EMFILE: 'Too many files are open: raise the limit with ulimit -n.',
  ENOENT: 'Check that it exists.',
  ENOSPC: 'Free some space.',
  EPERM: 'Check who may read and write there.',
  EROFS: 'The disk can only be read: choose another folder.',
};

/** An error of the file system or the network, which is not a defect; `code` is one such as EACCES. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/**
 * What the system refuses, as an error that is shown without a stack trace; any other error as it is.
 *
 * @param problem what could not be done, such as `The local AWS cannot listen`
 */
export function asUserError(error: unknown, problem?: string): unknown {
  if (!isSystemError(error)) return error;
  const message = problem === undefined ? error.message : `${problem}: ${error.message}`;
  return new UserError(message, HINTS[error.code ?? '']);
}
