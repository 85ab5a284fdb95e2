import type { Readable } from 'node:stream';

/** The longest line, in bytes: a longer one is cut, so that endless output cannot fill the memory. */
const LONGEST_LINE = 262_144;
/** The longest event in a frame, in bytes; what claims to be longer is not a frame. */
const LONGEST_EVENT = 1_048_576;

const NEWLINE = 10;
/** The first bytes of each frame. No text in UTF-8 has them at the beginning of a character. */
const FRAME = Buffer.from([0xa5, 0x5a, 0x00]);
/** The bit of a frame's type that says that a time, of 8 bytes, precedes the event. */
const HAS_TIME = 2;

/**
 * Reads the events of a log: each line is one, and so is each frame, however many lines it has. The runtimes' clients
 * write frames to the file that `_LAMBDA_TELEMETRY_LOG_FD` names: a type of 4 bytes, the event's length in 4 (both
 * big-endian), a time if the type says so, and the event. Here that file is the standard output, so that the order of
 * both stays.
 */
export class OutputReader {
  #held: Buffer = Buffer.alloc(0);
  readonly #onEvent: (text: string) => void;

  constructor(stream: Readable, onEvent: (text: string) => void) {
    this.#onEvent = onEvent;
    stream.on('data', (chunk: Buffer) => {
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
      this.#read();
    });
    stream.on('end', () => this.flush());
    stream.on('error', () => {});
  }

  /** Ends the current line, if any. */
  flush(): void {
    this.#take(this.#held.length);
  }

  #read(): void {
    while (this.#held.length > 0) {
      const frame = this.#held.indexOf(FRAME);
      const newline = this.#held.indexOf(NEWLINE);
      if (frame === 0) {
        if (!this.#readFrame()) return;
      } else if (frame !== -1 && (newline === -1 || frame < newline)) this.#take(frame);
      else if (newline !== -1) this.#take(newline, 1);
      else if (this.#held.length > LONGEST_LINE) this.#take(LONGEST_LINE);
      else return;
    }
  }

  /** @returns false when its end has not arrived yet */
  #readFrame(): boolean {
    if (this.#held.length < 8) return false;
    const length = this.#held.readUInt32BE(4);
    const start = (this.#held[3] as number) & HAS_TIME ? 16 : 8;
    if (length > LONGEST_EVENT) {
      this.#take(FRAME.length);
      return true;
    }
    if (this.#held.length < start + length) return false;
    this.#emit(this.#held.toString('utf8', start, start + length));
    this.#held = this.#held.subarray(start + length);
    return true;
  }

  /** Takes a line of so many bytes, and its end. */
  #take(length: number, end = 0): void {
    this.#emit(this.#held.toString('utf8', 0, length));
    this.#held = this.#held.subarray(length + end);
  }

  #emit(text: string): void {
    if (text !== '') this.#onEvent(text.endsWith('\n') ? text : `${text}\n`);
  }
}
