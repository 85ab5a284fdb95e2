import { UserError } from '../../user-error';

/** A folder that another process is keeping an account in. */
export class FolderInUseError extends UserError {
  override readonly name = 'FolderInUseError';

  constructor(folder: string, pid: number | undefined) {
    super(
      `${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}.`,
      'Stop that local AWS first, or choose another folder.',
    );
  }
}

/** A file that was not written by this program, or was changed since. */
export class DamagedJournalError extends UserError {
  override readonly name = 'DamagedJournalError';

  constructor(file: string, line: number) {
    super(`${file} cannot be read at line ${line}.`, 'Delete the folder to start with an empty account.');
  }
}
