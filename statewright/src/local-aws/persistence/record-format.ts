import { createHash } from 'node:crypto';
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

/** 48 bits of SHA-256: a number that SQLite and JavaScript both hold. */
function checksumOf(key: string, value: string | Uint8Array): number {
  return createHash('sha256').update(key).update('\0').update(value).digest().readUIntBE(0, 6);
}
