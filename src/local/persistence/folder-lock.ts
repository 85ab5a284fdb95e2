import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { FolderInUseError } from './errors';

/**
 * Takes a folder for this process, by a file with its number. The file of a process that was killed is passed over.
 * @returns gives the folder back
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}/lock`;
  const owner = ownerOf(file);
  if (owner !== undefined && owner !== process.pid && isRunning(owner))
    throw new FolderInUseError(folder, owner);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
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
