/** Signatures and offsets of the records of a zip archive (PKWARE's APPNOTE.TXT, 4.3.12 and 4.3.16). */
const END = { signature: 0x06054b50, size: 22, directoryOffset: 16 };
const ENTRY = { signature: 0x02014b50, size: 46 };
/** The longest comment after the end record, in bytes. */
const LONGEST_COMMENT = 65_535;
/** "Version made by": a system whose attributes are file modes. */
const UNIX = 3;

/**
 * The modes of an archive's entries, such as 0o755, by the names in the archive. An entry that was not made on a Unix
 * system has none. An archive that is not valid has no modes at all.
 */
export function readFileModes(archive: Uint8Array): Map<string, number> {
  const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const modes = new Map<string, number>();
  const end = endRecord(zip);
  if (end === -1) return modes;
  let at = zip.readUInt32LE(end + END.directoryOffset);
  while (at + ENTRY.size <= end && zip.readUInt32LE(at) === ENTRY.signature) {
    const system = zip.readUInt8(at + 5);
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const mode = (zip.readUInt32LE(at + 38) >>> 16) & 0o777;
    if (system === UNIX && mode !== 0)
      modes.set(zip.toString('utf8', at + ENTRY.size, at + ENTRY.size + name), mode);
    at += ENTRY.size + name + extra + comment;
  }
  return modes;
}

/** Where the record at the end of the archive is; only a comment may follow it. */
function endRecord(zip: Buffer): number {
  const first = Math.max(0, zip.length - END.size - LONGEST_COMMENT);
  for (let at = zip.length - END.size; at >= first; at--) {
    if (zip.readUInt32LE(at) === END.signature) return at;
  }
  return -1;
}
