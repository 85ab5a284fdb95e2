import { mkdirSync, readdirSync, readlinkSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { journalCode } from '../../lambda/journal-code';
import { journalExecutions } from '../../step-functions/journal-executions';
import { StorageError } from '../../storage-error';
import type { JournalTable, OpenTable } from '../../table';
import { FolderInUseError } from '../errors';
import { ownerIn } from '../folder-lock';
import { journalFiles, notAnEntry, readJournal } from './read-journal';

const changedTables: Readonly<Record<string, (openTable: OpenTable) => JournalTable>> = {
  'states.executions': journalExecutions,
  'lambda.code': journalCode,
};

/**
 * Copies an account from the format of version 0.1.0 into tables.
 * @throws DamagedAccountError
 */
export function convertJournal(folder: string, openTable: OpenTable): void {
  const tables = new Map<string, JournalTable>();
  for (const { table: name, key, value, file, line } of readJournal(folder)) {
    const table = tables.get(name) ?? changedTables[name]?.(openTable) ?? openTable(name, { values: 'disk' });
    tables.set(name, table);
    try {
      if (value === undefined) table.delete(key);
      else table.set(key, value);
    } catch (error) {
      throw error instanceof StorageError ? error : notAnEntry(file, line);
    }
  }
}

/** Puts the files of an account that was converted into a folder of their own. @returns its path */
export function putAside(folder: string): string {
  const aside = join(folder, 'journal-format');
  mkdirSync(aside, { recursive: true });
  for (const name of journalFiles(folder)) renameSync(join(folder, name), join(aside, name));
  return aside;
}

/**
 * Version 0.1.0 knows only the file `lock`: the process that it names may still write.
 * @throws FolderInUseError
 */
export function checkJournalUnused(folder: string): void {
  const file = join(folder, 'lock');
  const pid = ownerIn(file);
  if (pid === undefined || !mayHaveOpen(pid, folder)) return;
  throw new FolderInUseError(folder, pid, ` If process ${pid} is not a local AWS, delete the file ${file}.`);
}

/** Whether a process has files of the folder open; where the system does not tell (it is not Linux), whether it runs. */
function mayHaveOpen(pid: number, folder: string): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`).startsWith(folder));
  } catch {
    return true;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
