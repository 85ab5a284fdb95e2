import type { Readable } from 'node:stream';
import { ReadingTurns } from '../reading-turns';

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
  /** What has arrived and is not a whole event yet. */
  #held: Buffer = Buffer.alloc(0);
  readonly #turns: ReadingTurns;
  readonly #onEvent: (text: string) => void;

  constructor(stream: Readable, onEvent: (text: string) => void) {
    this.#turns = new ReadingTurns(stream);
    this.#onEvent = onEvent;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('end', () => this.flush());
    stream.on('error', () => {});
  }

  /** Ends the current line, if any. */
  flush(): void {
    const rest = this.#held.toString();
    this.#held = Buffer.alloc(0);
    this.#emit(rest);
  }

  /** Waits until it has read what has arrived. */
  caughtUp(): Promise<void> {
    return this.#turns.caughtUp();
  }

  #take(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let at = 0;
    let events = 0;
    let frame = bytes.indexOf(FRAME);
    while (at < bytes.length) {
      if (frame !== -1 && frame < at) frame = bytes.indexOf(FRAME, at);
      const event = frame === at ? frameAt(bytes, at) : lineAt(bytes, at, frame);
      if (event === undefined) break;
      at = event.end;
      events += 1;
      this.#emit(event.text);
    }
    this.#held = bytes.subarray(at);
    this.#turns.took(events);
  }

  #emit(text: string): void {
    if (text !== '') this.#onEvent(text.endsWith('\n') ? text : `${text}\n`);
  }
}

/** An event, and where the next one begins. */
interface ReadEvent {
  readonly text: string;
  readonly end: number;
}

/** The event of a frame; undefined when its end has not arrived yet. */
function frameAt(bytes: Buffer, at: number): ReadEvent | undefined {
  if (bytes.length < at + 8) return undefined;
  const length = bytes.readUInt32BE(at + 4);
  // Not a frame, but the output of a program that writes anything.
  if (length > LONGEST_EVENT) return { text: bytes.toString('utf8', at, at + 8), end: at + 8 };
  const start = at + ((bytes[at + 3] as number) & HAS_TIME ? 16 : 8);
  const end = start + length;
  return bytes.length < end ? undefined : { text: bytes.toString('utf8', start, end), end };
}

/**
 * A line, up to its newline or to the frame that follows; undefined when its end has not arrived yet.
 * @param frame where the next frame begins, or -1
 */
function lineAt(bytes: Buffer, at: number, frame: number): ReadEvent | undefined {
  const newline = bytes.indexOf(NEWLINE, at);
  const ends = [
    ...(newline === -1 ? [] : [{ at: newline, end: newline + 1 }]),
    ...(frame === -1 ? [] : [{ at: frame, end: frame }]),
    ...(bytes.length - at > LONGEST_LINE ? [{ at: at + LONGEST_LINE, end: at + LONGEST_LINE }] : []),
  ];
  const [first] = ends.sort((a, b) => a.at - b.at);
  return first && { text: bytes.toString('utf8', at, first.at), end: first.end };
}
