import { createReadStream } from 'node:fs';
import { mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
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

  async list(): Promise<readonly BucketObject[]> {
    const objects: BucketObject[] = [];
    for (const path of await readdir(this.#folder, { recursive: true })) {
      const found = await stat(join(this.#folder, path));
      if (!found.isFile()) continue;
      const { size, mtimeMs } = found;
      objects.push({ key: path.split(sep).join('/'), size, lastModified: Math.floor(mtimeMs) });
    }
    return objects;
  }

  async write(key: string, body: string): Promise<void> {
    const path = this.#pathOf(key);
    const [folder, place] = await Promise.all([realpath(this.#folder), nearestFolder(dirname(path))]);
    // A symbolic link may lead out of the folder.
    if (place !== folder && !place.startsWith(folder + sep)) throw outside(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
  }

  /** @throws ObjectStoreError for a key that is not a path inside the folder */
  #pathOf(key: string): string {
    const path = resolve(this.#folder, key);
    if (!path.startsWith(this.#folder + sep) || key.endsWith('/')) throw outside(key);
    return path;
  }
}

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
