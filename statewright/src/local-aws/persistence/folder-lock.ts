import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenDatabase, openingError } from './database';
import { FolderInUseError } from './errors';

/**
 * Takes a folder for one account of one process. The lock is the operating system's, on the file `lock.db`: it is gone when
 * the process is, however it ended, and of two that come at once one gets it. The file `lock` only says whose it is.
 * @returns gives the folder back
 * @throws FolderInUseError
 */
export function lockFolder(folder: string, open: OpenDatabase): () => void {
  const owner = join(folder, 'lock');
  const file = join(folder, 'lock.db');
  const database = open(file);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { readonly code?: unknown }).code !== 'SQLITE_BUSY') throw openingError(file, error);
    throw new FolderInUseError(folder, ownerIn(owner));
  }
  const unlock = () => {
    rmSync(owner, { force: true });
    database.close();
  };
  try {
    writeFileSync(owner, String(process.pid));
  } catch {
    // On a full disk, only the number in an error is missing.
  }
  return unlock;
}

/** The process that a file `lock` names. */
export function ownerIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
