import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../user-error';
import {
  localWorkspaces,
  type SavedBackend,
  type Settings,
  savedBackend,
  savedBackendFile,
  textOf,
} from './backend';
import { argumentsOf, type CommandLine, hasFlag } from './command-line';
import { dataDirectory } from './data-folder';
import { changesLockFile, expectLockFile, hasOwnLockFile } from './lock-file';
import { localS3Settings } from './s3-backend';
import { statesIn } from './workspace';

/**
 * Prepares `terraform init`.
 *
 * @param backend its type, `none` without a block, or false with `-backend=false`
 * @returns the arguments to call Terraform with
 * @throws UserError when it would change the user's lock file, or copy a state
 */
export function initialize(
  command: CommandLine,
  backend: string | false,
  settings: Settings,
): readonly string[] {
  const { head, rest, folder } = command;
  const data = join(folder, dataDirectory);
  const lockFile = hasOwnLockFile(folder, data);
  if (lockFile && hasFlag(argumentsOf(command), 'upgrade')) throw changesLockFile('terraform init -upgrade');
  if (!lockFile) expectLockFile(data);
  const added = lockFile ? ['-lockfile=readonly'] : [];
  if (backend === false) return [...head, ...rest, ...added];
  if (backend === 's3') return [...head, ...rest, ...added, initializeS3(command, settings, data)];

  const file = savedBackendFile(data);
  // -reconfigure is left out: it makes every backend new.
  const args = [...head, ...rest.filter((arg) => !/^--?reconfigure(?:=|$)/.test(arg)), ...added];
  if (backend !== 'local') {
    rmSync(file, { force: true });
    return args;
  }
  // Terraform then finds the backend as it was. For a new or different backend, it would copy the
  // folder's states there, and empty them.
  writeFileSync(file, JSON.stringify({ version: 3, backend: savedLocalBackend(settings) }));
  return [...args, `-backend-config=workspace_dir=${localWorkspaces}`];
}

const savedLocalBackend = (settings: Settings): SavedBackend & { readonly hash: number } => ({
  type: 'local',
  config: { path: textOf(settings, 'path') ?? null, workspace_dir: localWorkspaces },
  hash: 0,
});

/** The option that keeps an S3 backend in the local AWS. */
function initializeS3({ folder, rest }: CommandLine, settings: Settings, data: string): string {
  if (savedBackend(data)?.type !== 's3') rmSync(savedBackendFile(data), { force: true });
  const isNew = !existsSync(savedBackendFile(data)) || hasFlag(rest, 'reconfigure');
  const [state] = isNew ? statesIn(folder) : [];
  if (state !== undefined) {
    throw new UserError(
      `terraform init would copy ${join(folder, state)} to the S3 backend, and empty it.`,
      'Move it to another folder, or delete it if it is not needed.',
    );
  }
  const file = join(dataDirectory, 's3.tfbackend');
  writeFileSync(join(folder, file), localS3Settings(settings.keys()));
  return `-backend-config=${file}`;
}
