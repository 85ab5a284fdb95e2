import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { noLists } from './lists';
import type { Table, TableOptions, TextForm } from './table';

/** How many values are kept as they were set: those that were set last. */
const MOST_VALUES = 1000;

/** How many characters the texts of older values have together. */
const MOST_TEXT = 8 * 1024 * 1024;

/** The oldest are moved together, since a Map finds its first key slowly where others were deleted before it. */
const MOVED_TOGETHER = 64;

/**
 * The texts of a block have about so many characters: to read one of them takes a fraction of a millisecond. No more are
 * moved together, so that no other client waits for large ones.
 */
const BLOCK_LENGTH = 128 * 1024;

/** The part of a block's keys below which it is packed again. */
const WORTH_KEEPING = 1 / 4;

/** A table in memory whose older values are kept as text, and then as compressed text: they are many, and seldom read again. */
export class PackedTable<T> implements Table<T> {
  readonly lists = noLists;
  /** From the newest values to the oldest ones; in each, the oldest first. */
  readonly #values = new Map<string, T>();
  readonly #texts = new Map<string, string>();
  readonly #blocks = new Map<string, Block>();
  readonly #text: TextForm<T>;
  #textLength = 0;
  /** The block that was read last: a list reads one value after the other. */
  #open: { readonly block: Block; readonly texts: ReadonlyMap<string, string> } | undefined;

  constructor({ text = JSON_TEXT as TextForm<T> }: Pick<TableOptions<T>, 'text'> = {}) {
    this.#text = text;
  }

  get size(): number {
    return this.#values.size + this.#texts.size + this.#blocks.size;
  }

  get(key: string): T | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) return value;
    const text = this.#texts.get(key) ?? this.#textInBlock(key);
    return text === undefined ? undefined : this.#text.read(text);
  }

  has(key: string): boolean {
    return this.#values.has(key) || this.#texts.has(key) || this.#blocks.has(key);
  }

  set(key: string, value: T): void {
    this.delete(key);
    this.#values.set(key, value);
    if (this.#values.size < MOST_VALUES + MOVED_TOGETHER) return;
    for (const [oldKey, text] of takeOldest(this.#values, this.#text.write)) this.#keepText(oldKey, text);
    while (this.#textLength > MOST_TEXT) {
      const oldest = takeOldest(this.#texts, (text) => text);
      const block = new Block(oldest);
      for (const [oldKey, text] of oldest) {
        this.#textLength -= text.length;
        this.#blocks.set(oldKey, block);
      }
    }
  }

  #keepText(key: string, text: string): void {
    this.#texts.set(key, text);
    this.#textLength += text.length;
  }

  delete(key: string): boolean {
    const block = this.#blocks.get(key);
    const present = this.#remove(key);
    if (block) this.#shrink(block);
    return present;
  }

  #remove(key: string): boolean {
    this.#textLength -= this.#texts.get(key)?.length ?? 0;
    return this.#values.delete(key) || this.#texts.delete(key) || this.#blocks.delete(key);
  }

  /** Packs what is left of a block again, where that is little: a block is in memory as long as one of its keys. */
  #shrink(block: Block): void {
    const left = block.keys.filter((key) => this.#blocks.get(key) === block);
    if (left.length === 0 || left.length > block.keys.length * WORTH_KEEPING) return;
    const texts = block.read();
    const smaller = new Block(left.map((key) => [key, texts.get(key) as string]));
    for (const key of left) this.#blocks.set(key, smaller);
  }

  *keys(prefix = ''): Generator<string> {
    for (const map of [this.#blocks, this.#texts, this.#values]) {
      for (const key of map.keys()) if (key.startsWith(prefix)) yield key;
    }
  }

  *values(): Generator<T> {
    for (const key of this.#blocks.keys()) yield this.#text.read(this.#textInBlock(key) as string);
    for (const text of this.#texts.values()) yield this.#text.read(text);
    yield* this.#values.values();
  }

  setAll(entries: Iterable<readonly [string, T]>): void {
    for (const [key, value] of entries) this.set(key, value);
  }

  deleteAll(keys: Iterable<string>): void {
    const touched = new Set<Block>();
    for (const key of keys) {
      const block = this.#blocks.get(key);
      if (block) touched.add(block);
      this.#remove(key);
    }
    for (const block of touched) this.#shrink(block);
  }

  together(work: () => void): void {
    work();
  }

  #textInBlock(key: string): string | undefined {
    const block = this.#blocks.get(key);
    if (block === undefined) return undefined;
    if (this.#open?.block !== block) this.#open = { block, texts: block.read() };
    return this.#open.texts.get(key);
  }
}

const JSON_TEXT: TextForm<unknown> = { write: JSON.stringify, read: JSON.parse };

/** Takes the oldest out of a Map, as their texts. */
function takeOldest<V>(map: Map<string, V>, textOf: (value: V) => string): [string, string][] {
  const taken: [string, string][] = [];
  let length = 0;
  for (const [key, value] of map) {
    const text = textOf(value);
    length += text.length;
    if (taken.push([key, text]) === MOVED_TOGETHER || length >= BLOCK_LENGTH) break;
  }
  for (const [key] of taken) map.delete(key);
  return taken;
}

/** Texts that are compressed together, since they have much in common: it takes a third of the time and half the space. */
class Block {
  readonly keys: readonly string[];
  /** A string of bytes takes less memory than a Buffer. */
  readonly #packed: string;

  constructor(entries: readonly (readonly [key: string, text: string])[]) {
    this.keys = entries.map(([key]) => key);
    const texts = entries.map(([, text]) => text).join(BETWEEN);
    this.#packed = deflateRawSync(texts, COMPRESS).toString('latin1');
  }

  read(): Map<string, string> {
    const texts = inflateRawSync(Buffer.from(this.#packed, 'latin1')).toString().split(BETWEEN);
    return new Map(this.keys.map((key, index) => [key, texts[index] as string]));
  }
}

/** No JSON text has it. */
const BETWEEN = '\0';

const COMPRESS = { level: 3 };
