import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The scopes of the AWS SDK for JavaScript v3 and of what it consists of. */
const SCOPES = ['@aws-sdk', '@smithy', '@aws-crypto', '@aws'];

/**
 * Makes the AWS SDK that the user has installed available to functions, as the Node.js runtimes of AWS include it
 * (Lambda Developer Guide, "Runtime-included SDK versions"): links to the packages in a `node_modules` of the folder,
 * below which both `require` and `import` find them. Nothing else that is installed becomes visible.
 * Packages are looked for in the current folder, then in that of this package, and in each folder above.
 */
export function linkSdk(folder: string): void {
  const modules = [process.cwd(), __dirname]
    .flatMap(foldersAbove)
    .map((above) => join(above, 'node_modules'));
  for (const scope of SCOPES) {
    const target = join(folder, 'node_modules', scope);
    mkdirSync(target, { recursive: true });
    for (const name of modules.map((each) => join(each, scope)).flatMap(entriesOf)) link(name, target);
  }
  // Version 2, which the runtimes until nodejs16.x include: `require` finds it by NODE_PATH.
  const old = join(folder, ...SDK_V2_FOLDER);
  mkdirSync(old, { recursive: true });
  for (const each of modules) link(join(each, 'aws-sdk'), old);
}

/** Where version 2 of the SDK is, in the folder. */
export const SDK_V2_FOLDER = ['v2', 'node_modules'] as const;

/** The first that is found counts. */
function link(path: string, folder: string): void {
  const place = join(folder, basename(path));
  if (existsSync(path) && !existsSync(place)) symlinkSync(path, place);
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
