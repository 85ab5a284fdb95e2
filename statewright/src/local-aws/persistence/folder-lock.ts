import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { FolderInUseError } from './errors';

/**
 * Takes a folder for this process, by a file with its number. The file of a process that was killed is passed over.
 * @returns gives the folder back
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}/lock`;
  if (!create(file)) {
    const owner = ownerOf(file);
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
      throw new FolderInUseError(folder, owner);
    }
    rmSync(file, { force: true });
    if (!create(file)) throw new FolderInUseError(folder, ownerOf(file));
  }
  return () => rmSync(file, { force: true });
}

/** Of two processes that come at once, one makes the file, and the other is told so by false. */
function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
