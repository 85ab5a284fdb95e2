import type { Readable } from 'node:stream';
import { ReadingTurns } from './reading-turns';

/** The longest line, in characters: a longer one is cut, so that endless output cannot fill the memory. */
const LONGEST = 262_144;

/** Reads a stream line by line, without the newlines; the last line need not end with one. */
export class LineReader {
  #parts: string[] = [];
  #length = 0;
  readonly #turns: ReadingTurns;
  readonly #onLine: (line: string) => void;
  readonly #longest: number;

  constructor(stream: Readable, onLine: (line: string) => void, longest = LONGEST) {
    this.#turns = new ReadingTurns(stream);
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

  /** Waits until it has read what has arrived. */
  caughtUp(): Promise<void> {
    return this.#turns.caughtUp();
  }

  #take(chunk: string): void {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    this.#turns.took(lines.length);
    for (const line of lines) {
      this.#begin(line);
      this.flush();
    }
    this.#begin(rest);
    if (this.#length > this.#longest) this.flush();
  }

  #begin(text: string): void {
    if (text === '') return;
    this.#parts.push(text);
    this.#length += text.length;
  }
}
