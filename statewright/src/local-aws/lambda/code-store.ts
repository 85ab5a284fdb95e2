import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AwsError } from '../aws-error';
import { StorageError } from '../storage-error';
import type { OpenTable, Table } from '../table';
import { isLarge } from './code-archive';
import { removeFolder } from './code-folder';
import { inCodeThread } from './code-thread';
import { unpack } from './code-work';
import { checkPackage, hashOf, type StoredCode } from './package-check';
import { linkSdk, SDK_V2_FOLDER } from './runtime-sdk';

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
   * Says what a package is.
   * @throws AwsError as readCodeArchive
   */
  check(zip: Uint8Array): StoredCode {
    const check = checkPackage(zip);
    if ('code' in check) return check.code;
    const { code, message, status } = check.refusal;
    throw new AwsError(code, message, status);
  }

  /** Checks a package, and keeps it: in place of a damaged one, too. */
  add(zip: Uint8Array): StoredCode {
    const code = this.check(zip);
    const key = packageKey(code.CodeSha256);
    const kept = this.#packages.get(key);
    if (kept === undefined || Buffer.compare(kept, zip) !== 0) this.#packages.set(key, zip);
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
    return Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  }

  /**
   * Unpacks a function and its layers, where they are not: each at once, or in a thread of its own if it is large.
   * `folderOf` and `layersFolder` then find them.
   */
  async unpack(
    ...[functionName, codeSha256, layers, locked]: Parameters<CodeStore['folderOf']>
  ): Promise<void> {
    if (layers.length > 0) await this.#unpackSoon(layers, this.#optOf(layers), false);
    await this.#unpackSoon([codeSha256], this.#folderOf(functionName, codeSha256, layers), locked);
  }

  async #unpackSoon(packages: readonly string[], folder: string, locked: boolean): Promise<void> {
    if (existsSync(folder)) return;
    const zips = packages.map((sha) => this.zip(sha));
    if (!zips.some(isLarge)) return;
    await inCodeThread('unpack', [zips, folder, locked]).catch((error) => {
      throw unpackingError(folder, error);
    });
  }

  #unpackNow(packages: readonly string[], folder: string, locked: boolean): void {
    if (existsSync(folder)) return;
    const zips = packages.map((sha) => this.zip(sha));
    try {
      unpack(zips, folder, locked);
    } catch (error) {
      throw unpackingError(folder, error);
    }
  }

  /**
   * The folder in which a function's package is unpacked: beside the content of its layers, whose Node.js packages
   * `import` then finds, too.
   * @param layers the packages of its layers
   * @param locked whether the function's user may only read it; a sandbox does that without a change of the files' modes
   */
  folderOf(functionName: string, codeSha256: string, layers: readonly string[], locked: boolean): string {
    this.layersFolder(layers);
    const folder = this.#folderOf(functionName, codeSha256, layers);
    this.#unpackNow([codeSha256], folder, locked);
    return folder;
  }

  /**
   * The folder in which the packages of layers are unpacked, a later one over an earlier one: `/opt` on AWS. Undefined
   * for no layers.
   */
  layersFolder(layers: readonly string[]): string | undefined {
    if (layers.length === 0) return undefined;
    const folder = this.#optOf(layers);
    this.#unpackNow(layers, folder, false);
    const modules = join(this.#home(layers), 'node_modules');
    if (!isLink(modules)) symlinkSync(join(folder, 'nodejs', 'node_modules'), modules);
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

  #folderOf(functionName: string, codeSha256: string, layers: readonly string[]): string {
    return join(this.#home(layers), digestOf(functionName, codeSha256));
  }

  #optOf(layers: readonly string[]): string {
    return join(this.#home(layers), 'opt');
  }

  #home(layers: readonly string[]): string {
    return layers.length === 0 ? this.folder : join(this.folder, `${LAYERS}${digestOf(...layers)}`);
  }
}

/** An error of another thread has no code but in its message. */
const unpackingError = (folder: string, error: unknown): unknown =>
  error instanceof Error && /^(?:ENOSPC|EDQUOT|EFBIG)\b/.test(error.message)
    ? new StorageError(
        'InsufficientStorage',
        `The disk has no space left for the code in ${dirname(folder)}. Free some space and try again.`,
      )
    : error;

/** How the name of a folder with layers, and the code of their functions, begins. */
const LAYERS = 'layers-';

/** Also one that leads to nothing. */
const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const digestOf = (...names: readonly string[]) =>
  createHash('sha256').update(names.join(':')).digest('hex').slice(0, 32);
