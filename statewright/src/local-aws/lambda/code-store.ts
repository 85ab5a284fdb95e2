import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../table';
import { readCodeArchive, writeCodeFiles } from './code-archive';

/** A deployment package that was accepted. */
export interface StoredCode {
  /** SHA-256 of the zip, in base64, as AWS and Terraform's source_code_hash write it. */
  readonly CodeSha256: string;
  /** Bytes of the zip. */
  readonly CodeSize: number;
}

/** The functions' code: zips in a table, unpacked into a private folder when they are first run. */
export class CodeStore {
  #folder: string | undefined;
  readonly #zips: Table<string>;

  constructor(zips: Table<string>) {
    this.#zips = zips;
  }

  /** Where code is unpacked: made when it is first needed, private to this user, and gone when the service closes. */
  get folder(): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'local-lambda-'));
    return this.#folder;
  }

  /**
   * Says what a package is, unpacked once to see that it can be.
   * @throws AwsError as readCodeArchive
   */
  check(zip: Uint8Array): StoredCode {
    readCodeArchive(zip);
    return { CodeSha256: createHash('sha256').update(zip).digest('base64'), CodeSize: zip.length };
  }

  /** Checks a function's package, and keeps it. */
  add(functionName: string, zip: Uint8Array): StoredCode {
    const code = this.check(zip);
    this.#zips.set(key(functionName, code.CodeSha256), Buffer.from(zip).toString('base64'));
    return code;
  }

  /** A function's package, as it was given. */
  zip(functionName: string, codeSha256: string): Buffer {
    return Buffer.from(this.#zips.get(key(functionName, codeSha256)) ?? '', 'base64');
  }

  /** The folder in which a package is unpacked. */
  folderOf(functionName: string, codeSha256: string): string {
    const folder = this.#path(functionName, codeSha256);
    if (!existsSync(folder)) {
      writeCodeFiles(readCodeArchive(this.zip(functionName, codeSha256)), folder);
    }
    return folder;
  }

  /** Lets go of a function's package, which nothing must be running any more. */
  delete(functionName: string, codeSha256: string): void {
    this.#zips.delete(key(functionName, codeSha256));
    if (this.#folder) removeFolder(this.#path(functionName, codeSha256));
  }

  close(): void {
    if (this.#folder) removeFolder(this.#folder);
  }

  #path(functionName: string, codeSha256: string): string {
    const digest = createHash('sha256').update(key(functionName, codeSha256)).digest('hex');
    return join(this.folder, digest.slice(0, 32));
  }
}

/** Removes a folder that functions could write to: one that a handler has locked up stays, and does no further harm. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is in the system's temporary folder, and will go with what else is there.
  }
}

const key = (functionName: string, codeSha256: string) => `${functionName}:${codeSha256}`;
