import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../user-error';

const lockFile = '.terraform.lock.hcl';
/** In the data folder: the hash of the lock file that a local `terraform init` wrote, or `pending`. */
const record = 'statewright-lock-file';

/**
 * Whether the folder has a dependency lock file that no local deployment has created. One that a local `terraform init`
 * created is known by its hash, which is computed when Terraform is next called. If it has changed since, it is the user's.
 */
export function hasOwnLockFile(folder: string, data: string): boolean {
  const file = join(folder, lockFile);
  if (!existsSync(file)) return false;
  const recorded = existsSync(join(data, record)) ? readFileSync(join(data, record), 'utf8') : undefined;
  if (recorded === undefined) return true;
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (recorded === 'pending') writeFileSync(join(data, record), hash);
  return recorded !== 'pending' && recorded !== hash;
}

/** Records that Terraform is about to write a lock file that is not the user's. */
export const expectLockFile = (data: string): void => writeFileSync(join(data, record), 'pending');

export const changesLockFile = (what: string): UserError =>
  new UserError(
    `${what} would change .terraform.lock.hcl.`,
    'Run it in a shell without the exports of the local AWS.',
  );
