import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { noLists } from '../lists';
import type { Table, TableOptions } from '../table';
import { storageErrorOf } from './errors';

/** A table of bytes, each value a file that is there whole or not at all: written under another name first, then renamed. */
export class FileTable implements Table<Uint8Array> {
  readonly lists = noLists;
  readonly #account: string;
  readonly #folder: string;
  readonly #synced: boolean;

  /** @param account the account's folder, in which the table has one of its own */
  constructor(account: string, name: string, { durability }: Pick<TableOptions<never>, 'durability'>) {
    this.#account = account;
    this.#folder = join(account, name);
    this.#synced = durability !== 'buffered';
  }

  get size(): number {
    return this.keys().length;
  }

  get(key: string): Uint8Array | undefined {
    return this.#try(() => (this.has(key) ? readFileSync(this.#path(key)) : undefined));
  }

  has(key: string): boolean {
    return existsSync(this.#path(key));
  }

  keys(prefix = ''): string[] {
    return this.#try(() =>
      existsSync(this.#folder)
        ? readdirSync(this.#folder).filter((name) => isKey(name) && name.startsWith(prefix))
        : [],
    );
  }

  *values(): Generator<Uint8Array> {
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value) yield value;
    }
  }

  set(key: string, value: Uint8Array): void {
    this.#try(() => {
      // Not the account's folder: when that was removed, a file would be all that is found there.
      if (!existsSync(this.#folder)) mkdirSync(this.#folder, { mode: 0o700 });
      const path = this.#path(key);
      const temporary = `${path}.new`;
      try {
        this.#write(temporary, value);
        renameSync(temporary, path);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
    });
  }

  delete(key: string): boolean {
    return this.#try(() => {
      const present = this.has(key);
      rmSync(this.#path(key), { force: true });
      return present;
    });
  }

  setAll(entries: Iterable<readonly [string, Uint8Array]>): void {
    const added: string[] = [];
    try {
      for (const [key, value] of entries) {
        if (!this.has(key)) added.push(key);
        this.set(key, value);
      }
    } catch (error) {
      this.deleteAll(added);
      throw error;
    }
  }

  deleteAll(keys: Iterable<string>): void {
    for (const key of keys) this.delete(key);
  }

  together(work: () => void): void {
    work();
  }

  #write(path: string, value: Uint8Array): void {
    const file = openSync(path, 'w', 0o600);
    try {
      writeFileSync(file, value);
      if (this.#synced) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  #path(key: string): string {
    if (!isKey(key)) throw new Error(`${JSON.stringify(key)} cannot be the name of a file.`);
    return join(this.#folder, key);
  }

  #try<R>(work: () => R): R {
    try {
      return work();
    } catch (error) {
      throw storageErrorOf(this.#account, error);
    }
  }
}

const isKey = (name: string) => /^[a-z0-9_-]+$/.test(name);
