import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { UserError } from '../../user-error';
import { callOf } from '../invocation';

/**
 * The program that the guard runs.
 *
 * @param name the name by which the guard was called
 * @throws UserError when the program is not installed
 */
export function realBinary(name: string, guardFolder: string, env: NodeJS.ProcessEnv): string {
  if (name === cdktfGuard) return namedBinary(guardFolder, env);
  const found = findOnPath(name, guardFolder, env);
  if (found !== undefined) return found;
  throw new UserError(
    `Terraform cannot be run: ${name} was not found on the PATH.`,
    `Install Terraform 1.5 or later, or deploy without it: ${callOf('local', '--deploy')}`,
  );
}

/** The guard for the CDKTF CLI, if TERRAFORM_BINARY_NAME names a program that has no guard on the PATH. */
export const cdktfGuard = 'cdktf-terraform';

/** The value of TERRAFORM_BINARY_NAME before the exports: a path, or a name on the PATH. */
function namedBinary(guardFolder: string, env: NodeJS.ProcessEnv): string {
  const named = env.STATEWRIGHT_TERRAFORM || 'terraform';
  if (named.includes('/')) return named;
  return realBinary(named, guardFolder, env);
}

/**
 * Searches the PATH after the guard's last entry. Before it could be the guard of another installation, which searches
 * after its own entry and would find this one.
 */
function findOnPath(name: string, guardFolder: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter);
  const own = folders.findLastIndex((folder) => folder !== '' && resolve(folder) === resolve(guardFolder));
  return folders
    .slice(own + 1)
    .map((folder) => join(folder || '.', name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
