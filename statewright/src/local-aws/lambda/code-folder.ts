import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Removes a folder that functions could write to: one that a handler has locked up stays, and does no further harm. */
export function removeFolder(folder: string): void {
  try {
    if (existsSync(folder)) unlock(folder);
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is in the system's temporary folder, and will go with what else is there.
  }
}

/** Makes everything in a folder read-only. */
export function lockFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) lockFolder(path);
    else chmodSync(path, statSync(path).mode & ~0o222);
  }
  chmodSync(folder, 0o555);
}

/** Lets files be removed from a folder that is read-only. */
function unlock(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) unlock(join(folder, entry.name));
  }
}
