import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** A file in a zip. The mode is that of a zip's other files by default. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mode?: number;
}

/** A fixed time (zip files hold local time), so that the bytes depend on the content alone. */
const TIME = new Date(2049, 0, 1);
const UNIX = 3;

/** Zips files, in the order of their names. @param mode of the files that have none (default: 0644) */
export function zipFiles(entries: readonly ZipEntry[], mode = 0o644): Uint8Array {
  const files: Zippable = {};
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const attrs = ((0o100000 | (entry.mode ?? mode)) << 16) >>> 0;
    files[entry.name] = [entry.bytes, { mtime: TIME, os: UNIX, attrs }];
  }
  return zipSync(files);
}

/** The files in a folder and the folders in it, as paths from there with `/`. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => statSync(join(folder, path)).isFile());
