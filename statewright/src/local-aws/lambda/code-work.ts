/** What takes long with a large deployment package. It is also done in a thread of its own, see code-thread.ts. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { readBody } from '../request-body';
import { RequestError } from '../request-error';
import { readCodeArchive, writeCodeFiles } from './code-archive';
import { lockFolder, removeFolder } from './code-folder';
import { codeIn, type RequestMembers } from './code-member';
import { checkPackage, type PackageCheck } from './package-check';

/** The members of a request, its package as bytes; or why it cannot be read. */
type Upload =
  | {
      readonly members: RequestMembers;
      readonly zip?: Uint8Array;
      /** What the package is, where it was checked. */
      readonly check?: PackageCheck;
    }
  | { readonly unreadable: string };

/** Reads a request that has its package as base64 in JSON. */
export function readUpload(operation: string, body: Uint8Array): Upload {
  try {
    const members = readBody(new TextDecoder().decode(body));
    const found = codeIn(operation, members);
    const given = found?.code.ZipFile;
    if (found === undefined || typeof given !== 'string') return { members };
    const zip = Buffer.from(given, 'base64');
    return { members: found.replace({ ...found.code, ZipFile: zip }), zip };
  } catch (error) {
    if (error instanceof RequestError) return { unreadable: error.message };
    throw error;
  }
}

/** The same, with what the package is. */
function readAndCheck(operation: string, body: Uint8Array): Upload {
  const upload = readUpload(operation, body);
  return 'zip' in upload && upload.zip ? { ...upload, check: checkPackage(upload.zip) } : upload;
}

/**
 * Unpacks packages into a new folder, a later one over an earlier one. The folder has its name when it is complete.
 * @param locked whether the files can only be read
 */
export function unpack(zips: readonly Uint8Array[], folder: string, locked: boolean): void {
  if (existsSync(folder)) return;
  const files = new Map(zips.flatMap((zip) => [...readCodeArchive(zip)]));
  const incomplete = `${folder}.new`;
  // What an earlier attempt has left.
  rmSync(incomplete, { recursive: true, force: true });
  try {
    writeCodeFiles(files, incomplete);
    if (locked) lockFolder(incomplete);
    renameSync(incomplete, folder);
  } catch (error) {
    // On a full disk, it would keep what others need.
    removeFolder(incomplete);
    throw error;
  }
}

export const CODE_WORK = { readAndCheck, checkPackage, unpack };
