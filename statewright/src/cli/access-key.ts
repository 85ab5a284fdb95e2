import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UserError } from '../user-error';

/** 128 random bits, in the form of an access key id (IAM API Reference, "AccessKey": 16 to 128 of `\w`). */
const pattern = /^LOCAL[\dA-F]{32}$/;

/**
 * The access key id of the local AWS on a port: a secret of this user, which shells and the server read from the same
 * file. It stays the same until the file is deleted, so that open shells continue to work when the server is started
 * again. It is made where there is none yet.
 *
 * @throws UserError when there is no folder that only this user can use
 */
export function accessKeyOf(port: number): string {
  const folders = privateFolders();
  const found = folders.map((folder) => readKey(fileIn(folder, port))).find((key) => key !== undefined);
  if (found !== undefined) return found;
  for (const folder of folders) {
    const made = makeKey(folder, port);
    if (made !== undefined) return made;
  }
  throw new UserError(
    'The access key of the local AWS cannot be kept: there is no folder that only you can use.',
    'Set XDG_STATE_HOME to a folder of your own that can be written.',
  );
}

/** An access key id that is kept nowhere: for a server whose address has the key in it. */
export const newAccessKey = (): string => `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`;

/** Deletes the key of a port that no later server will have by intention. */
export function deleteAccessKey(port: number): void {
  for (const folder of privateFolders()) rmSync(fileIn(folder, port), { force: true });
}

const fileIn = (folder: string, port: number) => join(folder, `access-key-${port}`);

/**
 * Where the keys may be: the user's state folder (XDG Base Directory Specification), or a folder for temporary files
 * where the home folder cannot be written. One that another user made or can open is left out.
 */
export function privateFolders(): readonly string[] {
  const { XDG_STATE_HOME: state = '' } = process.env;
  const candidates = [
    join(isAbsolute(state) ? state : join(homeFolder(), '.local/state'), 'statewright'),
    join(tmpdir(), `statewright-${process.getuid?.() ?? 'keys'}`),
  ];
  return candidates.filter((folder) => isAbsolute(folder) && isPrivate(folder));
}

/** Empty where the system knows none, as for a user id without a name in a container. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

function isPrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Not stat: in a folder for everybody's temporary files, another user may have made a link of this name.
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || !isOwn(stats)) return false;
    if (isOpen(stats)) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/** Windows has no user ids and no such modes: there the folders above are the user's by their place. */
const isOwn = ({ uid }: Stats) => process.getuid === undefined || uid === process.getuid();
const isOpen = ({ mode }: Stats) => process.getuid !== undefined && (mode & 0o077) !== 0;

/** Undefined where there is none, or one that others could have read or written. */
function readKey(file: string): string | undefined {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || !isOwn(stats) || isOpen(stats)) return undefined;
    const key = readFileSync(file, 'utf8').trim();
    return pattern.test(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Makes a key, or takes the one that another process has just made; undefined where the folder cannot be written. */
function makeKey(folder: string, port: number): string | undefined {
  const file = fileIn(folder, port);
  const complete = `${file}.${process.pid}`;
  try {
    writeFileSync(complete, `${newAccessKey()}\n`, { mode: 0o600 });
    link(complete, file);
    if (readKey(file) === undefined) {
      rmSync(file);
      link(complete, file);
    }
    return readKey(file);
  } catch {
    return undefined;
  } finally {
    rmSync(complete, { force: true });
  }
}

/** Gives a file another name, at once and whole, unless a file has it. */
function link(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
