import { join } from 'node:path';
import { WorkThread } from '../../work-thread';
import { RequestError } from '../request-error';
import { isLarge } from './code-archive';
import { codeIn, type RequestMembers } from './code-member';
import { type CODE_WORK, readUpload } from './code-work';
import { isChecked, rememberCheck } from './package-check';

/** A request of this length, in bytes, is read in some milliseconds. */
const SMALL = 1_000_000;

type CodeWork = typeof CODE_WORK;

const thread = new WorkThread<CodeWork>(join(__dirname, 'code-worker'));

/** Does work on a large package in a thread of its own. */
export const inCodeThread = <Name extends keyof CodeWork>(
  name: Name,
  args: Parameters<CodeWork[Name]>,
  ...moved: readonly ArrayBuffer[]
) => thread.do(name, args, undefined, moved) as Promise<ReturnType<CodeWork[Name]>>;

/**
 * The members of a request that takes a package.
 * @param body is empty afterwards
 * @throws RequestError when they cannot be read
 */
export async function readUploadedCode(operation: string, body: ArrayBuffer): Promise<RequestMembers> {
  const bytes = new Uint8Array(body);
  const upload =
    bytes.length <= SMALL
      ? readUpload(operation, bytes)
      : await inCodeThread('readAndCheck', [operation, bytes], body);
  if ('unreadable' in upload) throw new RequestError('unreadable', upload.unreadable);
  const { members, zip, check } = upload;
  if (zip && check) rememberCheck(zip, check);
  return members;
}

/** The members of a request, whose package is checked if that takes long: the operation finds the result. */
export async function withCheckedCode(operation: string, members: RequestMembers): Promise<RequestMembers> {
  const found = codeIn(operation, members);
  const given = found?.code.ZipFile;
  if (found === undefined || given === undefined) return members;
  const zip = typeof given === 'string' ? Buffer.from(given, 'base64') : given;
  if (!(zip instanceof Uint8Array) || isChecked(zip) || !isLarge(zip)) return members;
  rememberCheck(zip, await inCodeThread('checkPackage', [zip]));
  return found.replace({ ...found.code, ZipFile: zip });
}
