import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { ItemReaderError } from '../errors';

/** The bytes that a compressed file begins with (RFC 1952 and RFC 8878). */
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** The text of an object in pieces, decompressed if it is compressed with GZIP or ZSTD, and without a byte order mark. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of decompressed(bytes)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The lines of a text. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

async function* decompressed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  try {
    while (head.length < ZSTD.length) {
      const { value, done } = await iterator.next();
      if (done) break;
      head = Buffer.concat([head, value]);
    }
    const all = async function* (): AsyncGenerator<Uint8Array> {
      yield head;
      yield* { [Symbol.asyncIterator]: () => iterator };
    };
    const decoder = decoderOf(head);
    // The decoder's own iteration throws what the pipeline reports.
    yield* decoder ? pipeline(Readable.from(all()), decoder, () => {}) : all();
  } finally {
    await iterator.return?.();
  }
}

function decoderOf(head: Buffer): Transform | undefined {
  if (head.subarray(0, GZIP.length).equals(GZIP)) return zlib.createGunzip();
  if (!head.subarray(0, ZSTD.length).equals(ZSTD)) return undefined;
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress) return createZstdDecompress();
  throw new ItemReaderError(
    `This Node.js (${process.version}) cannot decompress ZSTD. Use Node.js 22.15 or later.`,
  );
}
