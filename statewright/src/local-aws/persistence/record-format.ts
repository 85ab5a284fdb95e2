import { deflateSync, inflateSync } from 'node:zlib';

/** How a record's value is written: as JSON text, as compressed JSON text, or as the bytes that it is. */
const JSON_TEXT = 0;
const COMPRESSED_JSON = 1;
const BYTES = 2;

/** The columns of a record next to its key. */
export interface StoredValue {
  readonly form: number;
  readonly value: string | Uint8Array;
  /** Of the key and the value: what was changed by other means than this program is noticed. */
  readonly checksum: number;
}

/** Shorter texts gain little by compression, and are worth reading with other tools. In characters. */
const COMPRESS_FROM = 1000;

/** With tables no larger than a text of 8 KiB needs, it takes half the time. */
const COMPRESS_SHORT = { level: 1, memLevel: 5, windowBits: 13 };

export function encode(key: string, value: unknown): StoredValue {
  if (value instanceof Uint8Array) return { form: BYTES, value, checksum: checksumOf(key, value) };
  const text = JSON.stringify(value);
  if (text.length < COMPRESS_FROM) return { form: JSON_TEXT, value: text, checksum: checksumOf(key, text) };
  const compressed = deflateSync(text, text.length < 8192 ? COMPRESS_SHORT : { level: 1 });
  return { form: COMPRESSED_JSON, value: compressed, checksum: checksumOf(key, compressed) };
}

/** @throws Error when the record is not as it was written */
export function decode(key: string, { form, value, checksum }: StoredValue): unknown {
  if (checksumOf(key, value) !== checksum) throw new Error('it was changed since it was written');
  if (form === JSON_TEXT && typeof value === 'string') return JSON.parse(value);
  if (typeof value === 'string') throw new Error('it has an unknown form');
  return form === BYTES ? value : JSON.parse(inflateSync(value).toString());
}

/** FNV-1a, 32 bits: made for speed, against accidents. */
function checksumOf(key: string, value: string | Uint8Array): number {
  let sum = 0x811c9dc5;
  const add = (code: number) => {
    sum = Math.imul(sum ^ code, 0x01000193);
  };
  for (let i = 0; i < key.length; i++) add(key.charCodeAt(i));
  if (typeof value === 'string') for (let i = 0; i < value.length; i++) add(value.charCodeAt(i));
  else for (const byte of value) add(byte);
  return sum >>> 0;
}
