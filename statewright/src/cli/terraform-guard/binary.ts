import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { UserError } from '../../user-error';

/**
 * The program that the guard stands in front of.
 *
 * @param name under which the guard was called
 * @throws UserError where there is none
 */
export function realBinary(name: string, guardFolder: string, env: NodeJS.ProcessEnv): string {
  if (name === cdktfGuard) return namedBinary(guardFolder, env);
  const found = findOnPath(name, guardFolder, env);
  if (found !== undefined) return found;
  throw new UserError(
    `Terraform cannot be run: there is no ${name} on the PATH.`,
    'Install Terraform 1.5 or later, or do without it: statewright local --deploy',
  );
}

/** The guard that the CDKTF CLI calls where TERRAFORM_BINARY_NAME names a program that a guard on the PATH cannot stand for. */
export const cdktfGuard = 'cdktf-terraform';

/** What TERRAFORM_BINARY_NAME named before the exports: a path, or a name to be looked for on the PATH. */
function namedBinary(guardFolder: string, env: NodeJS.ProcessEnv): string {
  const named = env.STATEWRIGHT_TERRAFORM || 'terraform';
  if (named.includes('/')) return named;
  return realBinary(named, guardFolder, env);
}

/**
 * Looks behind the guard's last place on the PATH: before it could be the guard of another installation, which looks
 * behind its own place and would find this one.
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
