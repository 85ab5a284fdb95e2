import { createHash } from 'node:crypto';
// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** In bytes; to hash one takes some milliseconds. */
const PIECE = 4 * 2 ** 20;

/** The hash of what a client sent, in hexadecimal: others have their turn between the pieces of a large body. */
export async function digest(algorithm: 'md5' | 'sha256', bytes: Uint8Array): Promise<string> {
  const hash = createHash(algorithm);
  for (let start = 0; start < bytes.length; start += PIECE) {
    if (start > 0) await nextTurn();
    hash.update(bytes.subarray(start, start + PIECE));
  }
  return hash.digest('hex');
}
