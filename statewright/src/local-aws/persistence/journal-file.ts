import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { DamagedJournalError } from './errors';

/** One change of one record, a line of a journal: without a value, the record was deleted. */
export interface Entry {
  readonly table: string;
  readonly key: string;
  readonly value?: unknown;
}

/** A file that changes are added to, each at once: what was written survives the end of the process, however it ends. */
export class JournalFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600);
  }

  write(entry: Entry): void {
    writeWhole(this.#file, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Writes a file so that it is there whole or not at all: under another name first, then renamed. */
export function writeEntries(path: string, entries: Iterable<Entry>): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    for (const entry of entries) writeWhole(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/**
 * A file's entries; none when there is no file. A last line without its end was being written when the process was
 * killed: nobody was told that it had been, and it is left out.
 * @throws DamagedJournalError
 */
export function readEntries(path: string): Entry[] {
  const lines = readLines(path);
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new DamagedJournalError(path, index + 1);
    }
  });
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A single write may take only a part. */
function writeWhole(file: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
}
