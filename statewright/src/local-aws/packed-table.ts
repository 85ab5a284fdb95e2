import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { noLists } from './lists';
import type { Table } from './table';

/** How many values are kept as they were set: those that were set last. */
const UNPACKED = 1000;

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

/** A table in memory whose older values are kept as compressed JSON: they are many, and seldom read again. */
export class PackedTable<T> implements Table<T> {
  readonly lists = noLists;
  /** The oldest first. */
  readonly #unpacked = new Map<string, T>();
  readonly #packed = new Map<string, string>();

  get size(): number {
    return this.#unpacked.size + this.#packed.size;
  }

  get(key: string): T | undefined {
    const packed = this.#packed.get(key);
    return packed === undefined ? this.#unpacked.get(key) : unpack(packed);
  }

  has(key: string): boolean {
    return this.#unpacked.has(key) || this.#packed.has(key);
  }

  set(key: string, value: T): void {
    this.delete(key);
    this.#unpacked.set(key, value);
    if (this.#unpacked.size <= UNPACKED) return;
    const [oldest] = this.#unpacked;
    if (oldest === undefined) return;
    this.#packed.set(oldest[0], pack(oldest[1]));
    this.#unpacked.delete(oldest[0]);
  }

  delete(key: string): boolean {
    return this.#unpacked.delete(key) || this.#packed.delete(key);
  }

  *keys(prefix = ''): Generator<string> {
    for (const keys of [this.#packed.keys(), this.#unpacked.keys()]) {
      for (const key of keys) if (key.startsWith(prefix)) yield key;
    }
  }

  *values(): Generator<T> {
    for (const packed of this.#packed.values()) yield unpack<T>(packed);
    yield* this.#unpacked.values();
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

/** Of a JSON text that is shorter, in characters, compression saves little memory, and takes more time than all else. */
const SHORT = 500;

/** The first character of a packed value: how it is packed. */
const PLAIN = '=';
const COMPRESSED = '~';

/** A string of bytes takes less memory than a Buffer. */
function pack(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length < SHORT ? PLAIN + json : COMPRESSED + deflateRawSync(json, COMPRESS).toString('latin1');
}

function unpack<T>(packed: string): T {
  const content = packed.slice(1);
  return JSON.parse(
    packed.startsWith(PLAIN) ? content : inflateRawSync(Buffer.from(content, 'latin1'), COMPRESS).toString(),
  );
}
