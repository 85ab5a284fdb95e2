import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder, next to the configuration, that takes the place of `.terraform`. */
export const dataDirectory = '.terraform-local';

/** The data folder; a project's git leaves it alone. */
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
    // There are none, or not yet.
  }
  return [...new Set([folder, ...modules.map(({ Dir = '.' }) => resolve(folder, Dir))])];
}
