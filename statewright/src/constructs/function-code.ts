/** What a LambdaFunction runs: a TypeScript file that is bundled, or code that is ready to be zipped. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { BundleError, bundleHandler, fromHere } from './bundle';

/** A TypeScript file, which is bundled with all its imports. */
export interface BundledCode {
  /** The TypeScript file that exports `handler`. */
  readonly entry: string;
  /** Default: `nodejs24.x`. */
  readonly runtime?: `nodejs${number}.x`;
  readonly code?: never;
  readonly handler?: never;
}

/** Code that is ready to be zipped: sources in Python, Ruby or JavaScript, or what a build has written. */
export type ReadyCode = {
  /** A folder with the code and its dependencies, which is zipped; or a zip or jar file. */
  readonly code: string;
  readonly entry?: never;
} & (
  | {
      readonly runtime: `python3.${number}` | `nodejs${number}.x` | `ruby${number}.${number}`;
      /** The file without its extension, and the function: `app.handler`. */
      readonly handler: `${string}.${string}`;
    }
  | {
      readonly runtime: `java${number}` | 'java8.al2' | `dotnet${number}`;
      /** Such as `example.Handler::handleRequest` in Java, `Assembly::Namespace.Class::Method` in .NET. */
      readonly handler: string;
    }
  | {
      /** Runs the executable `bootstrap` of the code: Go, Rust and others. */
      readonly runtime: 'provided.al2' | 'provided.al2023';
      /** What `bootstrap` finds in the variable `_HANDLER` (default: `bootstrap`). */
      readonly handler?: string;
    }
);

/** The code of a function as an asset of the stack. */
export interface CodeAsset {
  /** A folder, or the zip itself. */
  readonly path: string;
  /** The SHA-256 digest of the code. It depends on the code alone: not on the place or the time of its files. */
  readonly digest: Buffer;
  /** How the zip is made; undefined when the asset is the zip. */
  readonly archive?: {
    /** The only file that is zipped (default: the folder). */
    readonly file?: string;
    /** The mode of each file. */
    readonly mode: string;
  };
}

/**
 * Bundles or copies the code into a folder. A zip stays where it is.
 *
 * @param folder is created, and replaced when it exists
 * @throws BundleError
 */
export function codeAsset({ entry, code }: BundledCode | ReadyCode, folder: string): CodeAsset {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (entry !== undefined) return bundled(entry, folder);
  const stats = statSync(code, { throwIfNoEntry: false });
  if (stats === undefined) throw new BundleError(`The code ${fromHere(code)} does not exist.`);
  return stats.isFile() ? zipFile(code) : copied(code, folder);
}

function bundled(entry: string, folder: string): CodeAsset {
  const { code, map } = bundleHandler(entry);
  writeFileSync(join(folder, 'index.js'), code);
  writeFileSync(join(folder, 'index.js.map'), map);
  // Only of the code: an edit that only changes the map, such as a comment, changes no path in cdk.tf.json.
  const digest = createHash('sha256').update(code).digest();
  return { path: folder, digest, archive: { file: 'index.js', mode: '0644' } };
}

function zipFile(file: string): CodeAsset {
  if (!['.zip', '.jar'].includes(extname(file))) {
    throw new BundleError(
      `The code ${fromHere(file)} is not a zip or jar file. Name its folder instead: ${fromHere(dirname(file))}`,
    );
  }
  return { path: resolve(file), digest: createHash('sha256').update(readFileSync(file)).digest() };
}

/** @throws BundleError for a link to a file that does not exist */
function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new BundleError(`The link ${fromHere(path)} has no target.`);
  return stats.isFile();
}

/** Without `__pycache__`, which each local run of Python changes. */
function copied(source: string, folder: string): CodeAsset {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.split(sep).includes('__pycache__') && isFile(join(source, file)))
    .sort();
  if (files.length === 0) throw new BundleError(`The folder ${fromHere(source)} is empty.`);
  const hash = createHash('sha256');
  for (const file of files) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(source, file), target);
    const bytes = readFileSync(target);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  // One mode for all files, so that the zip does not depend on the umask: Lambda has to be able to run `bootstrap`.
  return { path: folder, digest: hash.digest(), archive: { mode: '0755' } };
}
