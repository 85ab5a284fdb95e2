/** Work on the bytes of a request, piece by piece: others have their turn between the pieces of large ones. */
import { createHash } from 'node:crypto';
// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** In bytes; work on one takes some milliseconds. The base64 of pieces of this length can be joined. */
const PIECE = 3 * 2 ** 20;

/** The hash, in hexadecimal. */
export async function digest(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Promise<string> {
  const hash = createHash(algorithm);
  for await (const piece of piecesOf(bytes)) hash.update(piece);
  return hash.digest('hex');
}

export async function toBase64(bytes: Uint8Array): Promise<string> {
  let text = '';
  for await (const { buffer, byteOffset, length } of piecesOf(bytes))
    text += Buffer.from(buffer, byteOffset, length).toString('base64');
  return text;
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE) {
    if (start > 0) await nextTurn();
    yield bytes.subarray(start, start + PIECE);
  }
}
