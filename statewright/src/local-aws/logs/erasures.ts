import { inTurns, type Steps } from '../../steps';
import type { AccountContext } from '../account-context';
import { StorageError } from '../storage-error';
import type { OpenTable, Table } from '../table';

/** A log group or, with the name of a stream, a stream that is deleted. */
export interface Deleted {
  readonly logGroupName: string;
  readonly logStreamName?: string;
}

/** How what belongs to a group or a stream is erased. */
interface Eraser {
  /** Removes the group or the stream itself, unless that is done: from then on, another one may have its name. */
  readonly remove: (key: string, deleted: Deleted) => void;
  /** Erases some of its records. False: there are none left. */
  readonly eraseSome: (key: string) => boolean;
}

/**
 * The log groups and streams that are deleted, but whose records are still being erased: a million lines take a while, and
 * others do not wait for it. Each has a key, which tells its records from those of a new group or stream of the same name.
 */
export class Erasures {
  /** By key. */
  readonly #table: Table<Deleted>;
  readonly #clock: AccountContext['clock'];
  readonly #eraser: Eraser;
  #running = false;
  #closed = false;

  constructor(openTable: OpenTable, clock: AccountContext['clock'], eraser: Eraser) {
    this.#table = openTable('logs.erasures', { durability: 'buffered' });
    this.#clock = clock;
    this.#eraser = eraser;
  }

  get keys(): ReadonlySet<string> {
    return new Set(this.#table.keys());
  }

  /** The key itself, or with a number where it is still in use. Names have no asterisk. */
  unusedKey(key: string): string {
    let unused = key;
    for (let i = 1; this.#table.has(unused); i++) unused = `${key}*${i}`;
    return unused;
  }

  /** Deletes a group or a stream. It is written down first, so that this is done to its end, however the process ends. */
  add(key: string, deleted: Deleted): void {
    this.#table.set(key, deleted);
    try {
      this.#eraser.remove(key, deleted);
    } catch (error) {
      // The client is told that it was not deleted.
      this.#table.delete(key);
      throw error;
    }
    this.run();
  }

  /** Erases in turns of the event loop; at once with a simulated clock. */
  run(): void {
    if (this.#running) return;
    this.#running = true;
    inTurns(this.#erase(), this.#clock).catch((error) => {
      // When the disk is full, for example, the next deletion or the next start of the account tries again.
      if (!(error instanceof StorageError)) throw error;
    });
  }

  /** Interrupts it: it continues when the account is opened again. */
  close(): void {
    this.#closed = true;
  }

  *#erase(): Steps<void> {
    try {
      for (;;) {
        const [key] = this.#table.keys();
        const deleted = key === undefined ? undefined : this.#table.get(key);
        if (key === undefined || deleted === undefined) return;
        this.#eraser.remove(key, deleted);
        while (this.#eraser.eraseSome(key)) {
          yield;
          if (this.#closed) return;
        }
        this.#table.delete(key);
      }
    } finally {
      this.#running = false;
    }
  }
}
