/**
 * The content of a body in signed chunks (S3 API Reference, "Transferring payload in multiple chunks"): each begins with
 * its size in hexadecimal and a signature. What follows the last one, such as a checksum, is left out.
 */
export async function* contentOfChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending = Buffer.alloc(0);
  /** How many bytes of the current chunk are still to come; undefined after the last chunk. */
  let left: number | undefined = 0;
  for await (const bytes of body) {
    pending = Buffer.concat([pending, bytes]);
    while (left !== undefined && pending.length > 0) {
      if (left > 0) {
        const part: Buffer = pending.subarray(0, left);
        yield part;
        left -= part.length;
        pending = pending.subarray(part.length);
        continue;
      }
      const start = pending[0] === 0x0d ? 2 : 0;
      const end = pending.indexOf('\r\n', start);
      if (end < 0) break;
      left = sizeIn(pending.subarray(start, end).toString('latin1'));
      pending = pending.subarray(end + 2);
    }
    if (left === undefined) pending = Buffer.alloc(0);
  }
  if (left !== undefined) throw new Error('The body ends within a chunk.');
}

function sizeIn(header: string): number | undefined {
  const [, size] = /^([\da-f]+)(?:;|$)/i.exec(header) ?? [];
  if (size === undefined) throw new Error('The body is not in chunks.');
  return Number.parseInt(size, 16) || undefined;
}
