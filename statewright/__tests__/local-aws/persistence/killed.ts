import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of a folder as a process leaves it that is killed at this moment: nothing was closed, and nobody has the lock. */
export function asIfKilled(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'killed-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}
