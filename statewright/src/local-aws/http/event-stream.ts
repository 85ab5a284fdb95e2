/**
 * A message of an event stream (Smithy, "Amazon Event Stream Specification"): two lengths and their checksum, the
 * headers, the payload, and the checksum of all.
 * @param event the member of the stream's union
 */
export function eventMessage(event: string, contentType: string, payload: Uint8Array): Uint8Array {
  const headers = Buffer.concat(
    Object.entries({ ':event-type': event, ':content-type': contentType, ':message-type': 'event' }).map(
      ([name, value]) => header(name, value),
    ),
  );
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(PRELUDE + headers.length + payload.length + CHECKSUM, 0);
  lengths.writeUInt32BE(headers.length, 4);
  return withChecksum(Buffer.concat([withChecksum(lengths), headers, payload]));
}

/** In bytes. */
const PRELUDE = 12;
const CHECKSUM = 4;
/** The type of a header's value. */
const STRING = 7;

function header(name: string, value: string): Buffer {
  const text = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([STRING]), length, text]);
}

function withChecksum(bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(CHECKSUM);
  checksum.writeUInt32BE(crc32(bytes));
  return Buffer.concat([bytes, checksum]);
}

/** `zlib.crc32` exists from Node.js 20.15 on. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
