import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../is-object';

/** Terraform's data folders: that of a shell with the exports of the local AWS, and the usual one. */
const DATA_FOLDERS = ['.terraform-local', '.terraform'];

/** A module that `terraform init` has downloaded. */
export interface InstalledModule {
  readonly source: string;
  /** From the stack's folder. */
  readonly folder: string;
}

/** The downloaded modules of a stack by the names of the calls that lead there: `network`, `network.subnets`. */
export function installedModules(folder: string): ReadonlyMap<string, InstalledModule> {
  return new Map(DATA_FOLDERS.flatMap((data) => modulesIn(join(folder, data, 'modules', 'modules.json'))));
}

/** The content of Terraform's own file; nothing if it does not exist or is not as expected. */
function modulesIn(file: string): [name: string, module: InstalledModule][] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  const modules = isObject(content) && Array.isArray(content.Modules) ? content.Modules : [];
  return modules.flatMap(({ Key, Source, Dir }) =>
    [Key, Source, Dir].every((each) => typeof each === 'string')
      ? [[Key, { source: Source, folder: Dir }]]
      : [],
  );
}
