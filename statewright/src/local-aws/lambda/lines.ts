import type { Readable } from 'node:stream';
// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest line, in characters: a longer one is cut, so that endless output cannot fill the memory. */
const LONGEST = 262_144;
/** After so many lines at once, it reads on in the next turn of the event loop: others do not wait for endless output. */
const LINES_AT_ONCE = 1000;
/** The most turns that the end of an invocation waits for its output: a pipe holds less. */
const MOST_TURNS = 100;

/** Reads a stream line by line, without the newlines; the last line need not end with one. */
export class LineReader {
  #parts: string[] = [];
  #length = 0;
  #pause: Promise<void> | undefined;
  readonly #stream: Readable;
  readonly #onLine: (line: string) => void;
  readonly #longest: number;

  constructor(stream: Readable, onLine: (line: string) => void, longest = LONGEST) {
    this.#stream = stream;
    this.#onLine = onLine;
    this.#longest = longest;

    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => this.#take(chunk));
    stream.on('end', () => this.flush());
    stream.on('error', () => {});
  }

  /** Ends the current line, if any. */
  flush(): void {
    if (this.#length === 0) return;
    const line = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    this.#onLine(line);
  }

  /** Waits until it has read what has arrived; not for ever, since a process can write without an end. */
  async caughtUp(): Promise<void> {
    for (let turns = 0; turns === 0 || (this.#pause && turns < MOST_TURNS); turns++) {
      await this.#pause;
      await nextTurn();
    }
  }

  #take(chunk: string): void {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    if (lines.length > LINES_AT_ONCE) this.#pause ??= this.#pauseForATurn();
    for (const line of lines) {
      this.#begin(line);
      this.flush();
    }
    this.#begin(rest);
    if (this.#length > this.#longest) this.flush();
  }

  async #pauseForATurn(): Promise<void> {
    this.#stream.pause();
    await nextTurn();
    this.#pause = undefined;
    this.#stream.resume();
  }

  #begin(text: string): void {
    if (text === '') return;
    this.#parts.push(text);
    this.#length += text.length;
  }
}
