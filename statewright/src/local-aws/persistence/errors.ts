import { UserError } from '../../user-error';
import { StorageError } from '../storage-error';

/** A folder that another process is keeping an account in. */
export class FolderInUseError extends UserError {
  override readonly name = 'FolderInUseError';

  constructor(folder: string, pid: number | undefined, hint = '') {
    super(
      `${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}.`,
      `Stop that local AWS first, or choose another folder.${hint}`,
    );
  }
}

/** An account that was not written by this program, or was changed or damaged since. Nothing of it is touched. */
export class DamagedAccountError extends UserError {
  override readonly name = 'DamagedAccountError';

  constructor(file: string, reason: string) {
    super(
      `${file} cannot be read: ${reason}.`,
      'It was left as it is. Put a copy of the folder in its place, or choose another folder.',
    );
  }
}

/** What SQLite (SQLITE_FULL; SQLITE_IOERR_WRITE, of a limit on the size of files) and the file system call a full disk. */
const full = new Set<unknown>(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG', 778]);

/** Whether there was no space for what was to be written. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && (full.has(codesOf(error).code) || full.has(codesOf(error).rawCode));

/** Any failure to read or write in an account's folder, as what a client is told. */
export function storageErrorOf(folder: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  if (isDiskFull(error)) {
    return new StorageError(
      'InsufficientStorage',
      `The disk has no space left for the account in ${folder}: nothing was changed. Free some space and try again.`,
    );
  }
  return new StorageError(
    'StorageFailure',
    `The account in ${folder} cannot be read or written: ${error instanceof Error ? error.message : error}`,
  );
}

const codesOf = (error: Error) => error as Error & { readonly code?: unknown; readonly rawCode?: unknown };
