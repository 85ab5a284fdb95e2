import { randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ObjectStoreError } from '../engine/execution/object-store';
import type { Bucket, BucketObject } from './bucket';

/** A folder in place of a bucket: each file is an object, and its path from the folder is the key. */
export class FolderBucket implements Bucket {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  async read(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const path = this.#pathOf(key);
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? createReadStream(path) : undefined;
  }

  async find(key: string): Promise<BucketObject | undefined> {
    const found = await stat(this.#pathOf(key)).catch(() => undefined);
    return found?.isFile() ? described(key, found) : undefined;
  }

  async list(): Promise<readonly BucketObject[]> {
    const objects: BucketObject[] = [];
    for (const path of await readdir(this.#folder, { recursive: true })) {
      if (path.endsWith(UNFINISHED)) continue;
      // It may be gone, or a link to a file that does not exist.
      const found = await stat(join(this.#folder, path)).catch(() => undefined);
      if (!found?.isFile()) continue;
      objects.push(described(path.split(sep).join('/'), found));
    }
    return objects;
  }

  async write(key: string, body: string | Uint8Array): Promise<void> {
    const path = await this.#insidePathOf(key);
    await mkdir(dirname(path), { recursive: true });
    // A reader finds the former object or the new one, never a part.
    const unfinished = join(dirname(path), `${randomUUID()}${UNFINISHED}`);
    try {
      await writeFile(unfinished, body);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** The folders that become empty stay. */
  async delete(key: string): Promise<void> {
    const path = await this.#insidePathOf(key);
    if ((await stat(path).catch(() => undefined))?.isFile()) await rm(path);
  }

  /** The path of a file that changes. A symbolic link may lead out of the folder. */
  async #insidePathOf(key: string): Promise<string> {
    const path = this.#pathOf(key);
    const [folder, place] = await Promise.all([realpath(this.#folder), nearestFolder(dirname(path))]);
    if (place !== folder && !place.startsWith(folder + sep)) throw outside(key);
    return path;
  }

  /** @throws ObjectStoreError for a key that is not a path inside the folder */
  #pathOf(key: string): string {
    const path = resolve(this.#folder, key);
    if (!path.startsWith(this.#folder + sep) || key.endsWith('/')) throw outside(key);
    return path;
  }
}

/** The ending of a file that is being written. */
const UNFINISHED = '.statewright-unfinished';

const described = (key: string, { size, mtimeMs }: Stats): BucketObject => ({
  key,
  size,
  lastModified: Math.floor(mtimeMs),
});

/** The real path of the folder, or of the nearest one around it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return nearestFolder(dirname(folder));
  }
}

const outside = (key: string) =>
  new ObjectStoreError(`The key "${key}" is not the path of a file in the folder of this bucket.`);
