import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { noLists } from './lists';
import type { Table, TableOptions, TextForm } from './table';

/** How many values are kept as they were set: those that were set last. */
const MOST_VALUES = 1000;

/** How many characters the JSON texts of older values have together: to compress one takes more time than all else. */
const MOST_TEXT = 32 * 1024 * 1024;

/** The oldest are moved together, since a Map finds its first key slowly where others were deleted before it. */
const MOVED_TOGETHER = 64;

/** After so many characters no more of them are compressed at once, which would take long. */
const PACKED_TOGETHER = 1024 * 1024;

/** What is frequent in the details of executions, the most frequent last: it takes no space where it occurs. */
const DICTIONARY = [
  '"lambdaFunctionSucceededEventDetails":"LambdaFunctionSucceeded""LambdaFunctionStarted"',
  '"lambdaFunctionScheduledEventDetails":"LambdaFunctionScheduled"{"resource":"arn:aws:lambda:us-east-1:',
  '"ExecutionStarted""executionStartedEventDetails":{"input":"{}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::',
  '"ExecutionSucceeded","executionSucceededEventDetails":{"TaskStateEntered""TaskStateExited""PassStateEntered"',
  '"PassStateExited""invocations":[{"requestId":"functionName":"scheduledEventId":,"output":"{}"},"history":{"pieces":[],',
  '"events":[{"timestamp":17,"type":"StateExited","stateExitedEventDetails":{"name":"","output":"{}","outputDetails":',
  '{"truncated":false}}},{"timestamp":17,"type":"StateEntered","id":2,"previousEventId":1,"stateEnteredEventDetails":',
  '{"name":"","input":"{}","inputDetails":{"truncated":false}}}',
].join('');

/** With tables no larger than a text of 8 KiB needs, it takes half the time. */
const COMPRESS = { level: 3, memLevel: 5, windowBits: 13, dictionary: Buffer.from(DICTIONARY) };

/** A table in memory whose older values are kept as text, and then as compressed text: they are many, and seldom read again. */
export class PackedTable<T> implements Table<T> {
  readonly lists = noLists;
  /** From the newest values to the oldest ones; in each, the oldest first. */
  readonly #values = new Map<string, T>();
  readonly #texts = new Map<string, string>();
  readonly #packed = new Map<string, string>();
  readonly #text: TextForm<T>;
  #textLength = 0;

  constructor({ text = JSON_TEXT as TextForm<T> }: Pick<TableOptions<T>, 'text'> = {}) {
    this.#text = text;
  }

  get size(): number {
    return this.#values.size + this.#texts.size + this.#packed.size;
  }

  get(key: string): T | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) return value;
    const text = this.#texts.get(key) ?? unpack(this.#packed.get(key));
    return text === undefined ? undefined : this.#text.read(text);
  }

  has(key: string): boolean {
    return this.#values.has(key) || this.#texts.has(key) || this.#packed.has(key);
  }

  set(key: string, value: T): void {
    this.delete(key);
    this.#values.set(key, value);
    if (this.#values.size < MOST_VALUES + MOVED_TOGETHER) return;
    for (const [oldKey, oldest] of firstOf(this.#values)) this.#keepText(oldKey, this.#text.write(oldest));
    while (this.#textLength > MOST_TEXT) {
      for (const [oldKey, oldest] of firstOf(this.#texts, PACKED_TOGETHER)) {
        this.#textLength -= oldest.length;
        this.#packed.set(oldKey, pack(oldest));
      }
    }
  }

  #keepText(key: string, text: string): void {
    this.#texts.set(key, text);
    this.#textLength += text.length;
  }

  delete(key: string): boolean {
    this.#textLength -= this.#texts.get(key)?.length ?? 0;
    return this.#values.delete(key) || this.#texts.delete(key) || this.#packed.delete(key);
  }

  *keys(prefix = ''): Generator<string> {
    for (const map of [this.#packed, this.#texts, this.#values]) {
      for (const key of map.keys()) if (key.startsWith(prefix)) yield key;
    }
  }

  *values(): Generator<T> {
    for (const packed of this.#packed.values()) yield this.#text.read(unpack(packed));
    for (const text of this.#texts.values()) yield this.#text.read(text);
    yield* this.#values.values();
  }

  setAll(entries: Iterable<readonly [string, T]>): void {
    for (const [key, value] of entries) this.set(key, value);
  }

  deleteAll(keys: Iterable<string>): void {
    for (const key of keys) this.delete(key);
  }

  together(work: () => void): void {
    work();
  }
}

const JSON_TEXT: TextForm<unknown> = { write: JSON.stringify, read: JSON.parse };

/** Takes the oldest out of a Map. @param enough how many characters are enough */
function firstOf<V>(map: Map<string, V>, enough = Number.POSITIVE_INFINITY): [string, V][] {
  const taken: [string, V][] = [];
  let length = 0;
  for (const entry of map) {
    length += typeof entry[1] === 'string' ? entry[1].length : 0;
    if (taken.push(entry) === MOVED_TOGETHER || length >= enough) break;
  }
  for (const [key] of taken) map.delete(key);
  return taken;
}

/** Of a JSON text that is shorter, in characters, compression saves little memory. */
const SHORT = 500;

/** The first character of a packed text: how it is packed. */
const PLAIN = '=';
const COMPRESSED = '~';

/** A string of bytes takes less memory than a Buffer. */
function pack(text: string): string {
  return text.length < SHORT ? PLAIN + text : COMPRESSED + deflateRawSync(text, COMPRESS).toString('latin1');
}

function unpack(packed: string): string;
function unpack(packed: string | undefined): string | undefined;
function unpack(packed: string | undefined): string | undefined {
  const content = packed?.slice(1);
  if (content === undefined || packed?.startsWith(PLAIN)) return content;
  return inflateRawSync(Buffer.from(content, 'latin1'), COMPRESS).toString();
}
