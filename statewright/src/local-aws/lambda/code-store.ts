import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../storage-error';
import type { OpenTable, Table } from '../table';
import { readCodeArchive, writeCodeFiles } from './code-archive';
import { linkSdk, SDK_V2_FOLDER } from './runtime-sdk';

/** A deployment package that was accepted. */
export interface StoredCode {
  /** SHA-256 of the zip, in base64, as AWS and Terraform's source_code_hash write it. */
  readonly CodeSha256: string;
  /** Bytes of the zip. */
  readonly CodeSize: number;
}

/** Packages by their SHA-256, in hexadecimal: it names a file, also where `A` and `a` are the same name. */
export const openPackages = (openTable: OpenTable): Table<Uint8Array> =>
  openTable('lambda.packages', { values: 'files' });

/** The key of a package whose SHA-256 is known as AWS writes it, in base64. */
export const packageKey = (codeSha256: string): string => Buffer.from(codeSha256, 'base64').toString('hex');

/**
 * The functions' code: each package once, by its hash, however many functions have it, and unpacked into a private folder
 * when a function is first run.
 */
export class CodeStore {
  #folder: string | undefined;
  readonly #packages: Table<Uint8Array>;

  constructor(openTable: OpenTable) {
    this.#packages = openPackages(openTable);
  }

  /**
   * Where code is unpacked, below the AWS SDK: made when it is first needed, private to this user, and gone when the
   * service closes.
   */
  get folder(): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), 'local-lambda-'));
      linkSdk(this.#folder);
    }
    return this.#folder;
  }

  /** The `node_modules` with version 2 of the AWS SDK for JavaScript, if the user has installed it. */
  get sdkV2(): string {
    return join(this.folder, ...SDK_V2_FOLDER);
  }

  /**
   * Says what a package is, unpacked once to see that it can be.
   * @throws AwsError as readCodeArchive
   */
  check(zip: Uint8Array): StoredCode {
    readCodeArchive(zip);
    return { CodeSha256: hashOf(zip), CodeSize: zip.length };
  }

  /** Checks a package, and keeps it. */
  add(zip: Uint8Array): StoredCode {
    const code = this.check(zip);
    const key = packageKey(code.CodeSha256);
    if (!this.#packages.has(key)) this.#packages.set(key, zip);
    return code;
  }

  /**
   * A package, as it was given.
   * @throws StorageError when it is not found as it was given
   */
  zip(codeSha256: string): Buffer {
    const zip = this.#packages.get(packageKey(codeSha256)) ?? new Uint8Array();
    if (hashOf(zip) !== codeSha256) {
      throw new StorageError(
        'StorageFailure',
        `The code package ${packageKey(codeSha256)} is missing or damaged.`,
      );
    }
    return Buffer.from(zip);
  }

  /**
   * The folder in which a function's package is unpacked: beside the content of its layers, whose Node.js packages
   * `import` then finds, too.
   * @param layers the packages of its layers
   * @param locked whether the function's user may only read it; a sandbox does that without a change of the files' modes
   */
  folderOf(functionName: string, codeSha256: string, layers: readonly string[], locked: boolean): string {
    this.layersFolder(layers);
    const folder = join(this.#home(layers), digestOf(functionName, codeSha256));
    if (!existsSync(folder)) {
      writeCodeFiles(readCodeArchive(this.zip(codeSha256)), folder);
      if (locked) lock(folder);
    }
    return folder;
  }

  /**
   * The folder in which the packages of layers are unpacked, a later one over an earlier one: `/opt` on AWS. Undefined
   * for no layers.
   */
  layersFolder(layers: readonly string[]): string | undefined {
    if (layers.length === 0) return undefined;
    const home = this.#home(layers);
    const folder = join(home, 'opt');
    if (!existsSync(folder)) {
      writeCodeFiles(new Map(layers.flatMap((layer) => [...readCodeArchive(this.zip(layer))])), folder);
      symlinkSync(join(folder, 'nodejs', 'node_modules'), join(home, 'node_modules'));
    }
    return folder;
  }

  /** Removes what was unpacked for a function, which nothing must be running any more. */
  deleteFolder(functionName: string, codeSha256: string): void {
    if (!this.#folder || !existsSync(this.#folder)) return;
    const homes = readdirSync(this.#folder).filter((name) => name.startsWith(LAYERS));
    for (const home of ['', ...homes])
      removeFolder(join(this.#folder, home, digestOf(functionName, codeSha256)));
  }

  /** Lets go of a package that no function has any more. */
  delete(codeSha256: string): void {
    try {
      this.#packages.delete(packageKey(codeSha256));
    } catch {
      // A file that cannot be deleted stays, and does no harm.
    }
  }

  close(): void {
    if (this.#folder) removeFolder(this.#folder);
    // What was deleted just before may still ask for its own folder.
    this.#folder = undefined;
  }

  #home(layers: readonly string[]): string {
    return layers.length === 0 ? this.folder : join(this.folder, `${LAYERS}${digestOf(...layers)}`);
  }
}

/** How the name of a folder with layers, and the code of their functions, begins. */
const LAYERS = 'layers-';

const digestOf = (...names: readonly string[]) =>
  createHash('sha256').update(names.join(':')).digest('hex').slice(0, 32);

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
function lock(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) lock(path);
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

const hashOf = (zip: Uint8Array) => createHash('sha256').update(zip).digest('base64');
