import type { Readable } from 'node:stream';
// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** After so many lines at once, it reads on in the next turn of the event loop: others do not wait for endless output. */
const LINES_AT_ONCE = 1000;
/** The most turns that the end of an invocation waits for its output: a pipe holds less. */
const MOST_TURNS = 100;

/** Lets others have their turn while a stream brings more and more lines. */
export class ReadingTurns {
  #pause: Promise<void> | undefined;
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** To be called for each chunk of the stream. @param lines how many it had */
  took(lines: number): void {
    if (lines > LINES_AT_ONCE) this.#pause ??= this.#pauseForATurn();
  }

  /** Waits until what has arrived is read; not for ever, since a process can write without an end. */
  async caughtUp(): Promise<void> {
    for (let turns = 0; turns === 0 || (this.#pause && turns < MOST_TURNS); turns++) {
      await this.#pause;
      await nextTurn();
    }
  }

  async #pauseForATurn(): Promise<void> {
    this.#stream.pause();
    // The first of these comes right after what the event loop has read, before it answers others.
    await nextTurn();
    await nextTurn();
    this.#pause = undefined;
    this.#stream.resume();
  }
}
