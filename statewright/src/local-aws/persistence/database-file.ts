import { statSync } from 'node:fs';

/** How often a change looks for the file, in milliseconds: it takes some microseconds. */
const INTERVAL = 1000;

/**
 * The file of an open database. SQLite does not notice when it is removed, such as by `git clean`: its changes are lost when
 * the process ends, and closing it removes the log of changes of a new account in the same folder.
 */
export class DatabaseFile {
  readonly #path: string;
  readonly #inode: bigint | undefined;
  #next = 0;

  constructor(path: string) {
    this.#path = path;
    this.#inode = inodeOf(path);
  }

  /** Whether its path still leads to it. */
  get isInPlace(): boolean {
    return inodeOf(this.#path) === this.#inode;
  }

  /** To be called before each change. @throws Error when it was removed or replaced */
  check(): void {
    const now = performance.now();
    if (now < this.#next) return;
    if (!this.isInPlace) throw new Error('its file account.db was removed or replaced');
    this.#next = now + INTERVAL;
  }
}

const inodeOf = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
