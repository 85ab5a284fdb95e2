import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { UserError } from './user-error';

/** Reads a file that the user names, without its byte order mark. @throws UserError that says why it cannot be read */
export function readUserFile(path: string): string {
  checkReadable(path);
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What a path that the user names is. @throws UserError that says why it cannot be read */
export function statUserPath(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): UserError {
  const { code } = error as NodeJS.ErrnoException;
  return new UserError(
    `${path} ${PROBLEMS[code ?? ''] ?? `cannot be read: ${reasonOf(error)}`}.`,
    code === 'ENOENT' ? `Relative paths start at ${process.cwd()}` : undefined,
  );
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read: check its permissions',
  EISDIR: 'is a folder, not a file',
  ENAMETOOLONG: 'is too long for the name of a file',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is a file, not a folder',
  EPERM: 'may not be read: check its permissions',
};

/** The only folder whose files may be read; undefined for no limit. */
let onlyFolder: string | undefined;

/** From now on, this thread reads files inside of the folder only: a language model names them, or a file that it wrote. */
export function readOnlyFilesIn(folder: string): void {
  onlyFolder = realpathSync(folder);
}

/** @throws UserError for a file or a folder outside of the one of `readOnlyFilesIn`, also behind a link */
export function checkReadable(path: string): void {
  if (onlyFolder === undefined) return;
  const inside = relative(onlyFolder, realPathOf(resolve(path)));
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return;
  throw new UserError(
    `${path} is outside of the folder ${onlyFolder}.`,
    'Only files inside of the folder in which the server was started are read.',
  );
}

/** The path without links. That of a file that does not exist has the links of its folder resolved. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : resolve(realPathOf(folder), relative(folder, path));
  }
}

/**
 * Writes a file that the user names, whole or not at all: a reader never sees a part, and a full disk leaves the former
 * content. A device or a pipe, such as /dev/stdout, is written to directly.
 *
 * @param hint what to do when it cannot be written
 * @throws UserError
 */
export function writeUserFile(path: string, content: string | Uint8Array, hint?: string): void {
  let unfinished: string | undefined;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === false) {
      writeFileSync(path, content);
      return;
    }
    const target = stats ? realpathSync(path) : path;
    unfinished = `${target}.${process.pid}.part`;
    writeFileSync(unfinished, content, { mode: stats?.mode });
    renameSync(unfinished, target);
  } catch (error) {
    if (unfinished !== undefined) rmSync(unfinished, { force: true });
    throw new UserError(`${path} cannot be written: ${reasonOf(error)}.`, hint);
  }
}

/** @throws UserError when the folder that a file is to be written to does not exist */
export function checkFolderOf(file: string): void {
  const folder = dirname(file);
  if (isFolder(folder)) return;
  throw new UserError(`The folder ${folder} does not exist.`, `Create it: mkdir -p ${folder}`);
}

/**
 * Creates a folder that the user names, and the missing folders around it. One by one, since `mkdirSync` with `recursive`
 * never ends for a folder in /proc (Node 20).
 *
 * @throws UserError that says why it cannot be created, such as `x is a file, not a folder`
 */
export function makeUserFolder(path: string, mode?: number): void {
  if (isFolder(path)) return;
  makeUserFolder(dirname(resolve(path)), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process may have created it.
    if (isFolder(path)) return;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'the folder around it takes no folders' : reasonOf(error);
    throw new UserError(`The folder ${path} cannot be created: ${reason}.`, 'Choose another folder.');
  }
}

/** @throws UserError for a file */
export function isFolder(path: string): boolean {
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UserError(`The folder ${path} cannot be used: ${reasonOf(error)}.`);
  }
  if (stats === undefined || stats.isDirectory()) return stats !== undefined;
  throw new UserError(`${path} is a file, not a folder.`);
}

/** What is wrong with a file or a folder, from an error of Node, whose own words name its system call. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads back to itself',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
};
