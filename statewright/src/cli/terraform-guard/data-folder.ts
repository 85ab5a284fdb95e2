import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder, next to the configuration, that replaces `.terraform`. */
export const dataDirectory = '.terraform-local';

/** Creates the data folder, which git ignores. */
export function makeDataFolder(data: string): void {
  if (existsSync(join(data, '.gitignore'))) return;
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, '.gitignore'), '*\n');
}

/** The folder of the configuration, and of each module that `terraform init` has installed. */
export function moduleFolders(folder: string, data: string): readonly string[] {
  let modules: readonly { readonly Dir?: string }[] = [];
  try {
    modules = JSON.parse(readFileSync(join(data, 'modules/modules.json'), 'utf8')).Modules ?? [];
  } catch {
    // No modules are installed.
  }
  return [...new Set([folder, ...modules.map(({ Dir = '.' }) => resolve(folder, Dir))])];
}
