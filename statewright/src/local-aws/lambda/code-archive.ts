import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../aws-error';
import { readFileModes } from './archive-modes';

/** AWS's limits: a zip of 50 MB in a request, 250 MB unzipped (Lambda Developer Guide, "Lambda quotas"). */
const ZIPPED_LIMIT = 52_428_800;
const UNZIPPED_LIMIT = 262_144_000;
/** AWS has no such limit; it protects against an archive with a huge number of empty entries. */
const ENTRIES_LIMIT = 100_000;

/** The longest name of a file on Linux, and the longest path with space for the function's folder, in bytes. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 3000;

/** The mode of a file whose entry has none. */
const PLAIN_FILE = 0o644;

interface CodeFile {
  readonly data: Uint8Array;
  /** Who may read and execute it, such as 0o755. */
  readonly mode: number;
}

/** Files by their path in the function's folder, with forward slashes. */
type CodeFiles = ReadonlyMap<string, CodeFile>;

/**
 * Reads a deployment package. The sizes that the archive declares are checked first, and no file is unzipped beyond its
 * declared size.
 * @throws AwsError when it is not a zip archive, contains a path outside its folder, or is too large
 */
export function readCodeArchive(zip: Uint8Array): CodeFiles {
  if (zip.length > ZIPPED_LIMIT) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${ZIPPED_LIMIT} bytes of zipped code`,
      413,
    );
  }
  const declared = new Map<string, number>();
  let total = 0;
  const unzipped = unpack(zip, ({ name, originalSize }) => {
    checkPath(name);
    total += originalSize;
    if (total > UNZIPPED_LIMIT) {
      throw invalidCode(`Unzipped size must be smaller than ${UNZIPPED_LIMIT} bytes`);
    }
    if (declared.size >= ENTRIES_LIMIT)
      throw invalidCode(`The zip file has more than ${ENTRIES_LIMIT} entries`);
    declared.set(name, originalSize);
    return !name.endsWith('/');
  });
  const modes = readFileModes(zip);
  const files = new Map(
    Object.entries(unzipped).map(([name, data]) => [
      stepsOf(name).join('/'),
      { data, mode: modes.get(name) ?? PLAIN_FILE },
    ]),
  );
  if (files.size === 0) throw invalidCode('Uploaded file must be a non-empty zip');
  for (const [name, data] of Object.entries(unzipped)) if (data.length !== declared.get(name)) throw notZip();
  for (const path of files.keys()) if (isAlsoFolder(path, files)) throw notZip();
  return files;
}

/** What is unpacked in some milliseconds: bytes of a zip, bytes unzipped, and entries. */
const SMALL = { zipped: 1_000_000, unzipped: 4_000_000, entries: 200 };

/** Whether it takes long to unpack a package. */
export function isLarge(zip: Uint8Array): boolean {
  if (zip.length > SMALL.zipped) return true;
  let [unzipped, entries] = [0, 0];
  try {
    unzipSync(zip, {
      filter: ({ originalSize }) => {
        unzipped += originalSize;
        entries += 1;
        return false;
      },
    });
  } catch {
    // It is refused before anything is unpacked.
    return false;
  }
  return unzipped > SMALL.unzipped || entries > SMALL.entries;
}

/** Whether a folder in the file's path is itself a file of the archive: no disk can hold both. */
const isAlsoFolder = (name: string, files: CodeFiles) =>
  name.split('/').some((_, at, steps) => at > 0 && files.has(steps.slice(0, at).join('/')));

/** Creates a folder with the files. Links in an archive become files, so nothing points outside the folder. */
export function writeCodeFiles(files: CodeFiles, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    for (const [name, { data, mode }] of files) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
      // Not when it is written: the process's umask would change it. The function's user always reads it.
      chmodSync(path, mode | 0o400);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

type EntryFilter = NonNullable<NonNullable<Parameters<typeof unzipSync>[1]>['filter']>;

function unpack(zip: Uint8Array, filter: EntryFilter): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    throw error instanceof AwsError ? error : notZip();
  }
}

function checkPath(name: string): void {
  const steps = name.split('/');
  if (name.startsWith('/') || steps.includes('..') || /[\\\0]|^[A-Za-z]:/.test(name)) {
    throw invalidCode(`The zip file has an entry outside its folder: ${JSON.stringify(name)}`);
  }
  if (name.endsWith('/')) return;
  if (stepsOf(name).length === 0)
    throw invalidCode(`The zip file has a file without a name: ${JSON.stringify(name)}`);
  if (
    Buffer.byteLength(name) > LONGEST_PATH ||
    steps.some((step) => Buffer.byteLength(step) > LONGEST_NAME)
  ) {
    throw invalidCode(
      `The zip file has an entry whose name is too long: ${JSON.stringify(name.slice(0, 100))}…`,
    );
  }
}

/** The folders and the file that a path names: `./a//b` is `a/b`. */
const stepsOf = (path: string) => path.split('/').filter((step) => step !== '' && step !== '.');

const invalidCode = (message: string) => new AwsError('InvalidParameterValueException', message);

const notZip = () =>
  invalidCode('Could not unzip uploaded file. Please check your file, then try to upload again.');
