import { renameSync, rmSync } from 'node:fs';
import type Libsql from 'libsql';
import { UserError } from '../../user-error';
import { DamagedAccountError, isDiskFull } from './errors';

export type Database = Libsql.Database;

/** Opens a database's file. */
export type OpenDatabase = (file: string) => Database;

/**
 * Says that a database holds an account, and in which format. Read with `PRAGMA application_id` and `user_version`. Format 1
 * had no lists: a table's are made when it is opened. A program that does not know of them would change records without them.
 * Format 2 had one log event in a record: a program that expects that would take several for one.
 */
const APPLICATION_ID = 0x53_57_41_43;
const FORMAT = 3;

/**
 * SQLite, which is loaded only by those who keep an account on disk. Measured against LevelDB (`classic-level`): on a disk
 * that was full for a moment LevelDB lost 3,000 of 3,567 writes that it had confirmed; SQLite lost none.
 * @throws UserError when the package is not installed
 */
export async function loadSqlite(): Promise<OpenDatabase> {
  try {
    const { default: Sqlite } = await import('libsql');
    return (file) => {
      try {
        return new Sqlite(file);
      } catch {
        throw cannotOpen(file);
      }
    };
  } catch (error) {
    throw new UserError(
      `An account on disk needs the package libsql, which cannot be loaded: ${(error as Error).message}`,
      'Install it with `npm install libsql`. It runs on Linux, macOS, and Windows (x64).',
    );
  }
}

/**
 * Makes an account's database, whole or not at all: under another name first, then renamed.
 * @param fill writes what it begins with
 */
export function createDatabase(open: OpenDatabase, file: string, fill: (database: Database) => void): void {
  const temporary = `${file}.new`;
  const remove = () => {
    for (const suffix of ['', '-journal', '-wal']) rmSync(temporary + suffix, { force: true });
  };
  remove();
  const database = open(temporary);
  try {
    // Of a file that is thrown away when anything fails, nothing has to be undone: only its end has to be on the disk.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL; BEGIN');
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}`);
    fill(database);
    database.exec('COMMIT');
    database.close();
  } catch (error) {
    database.close();
    remove();
    throw error;
  }
  renameSync(temporary, file);
}

/**
 * Opens an account's database for this process alone.
 *
 * Every change is appended to a log (`account.db-wal`) by one system call or more before the call that made it returns: it
 * is the operating system's from then on, and survives the end of this process, however it ends. What is only partly
 * written, since the disk was full or the process was killed, bears no valid checksum and never counts.
 * @throws DamagedAccountError
 */
export function openDatabase(open: OpenDatabase, file: string): Database {
  const database = open(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const application = pragma(database, 'application_id');
    if (application !== APPLICATION_ID) throw new DamagedAccountError(file, 'it does not hold an account');
    const format = pragma(database, 'user_version');
    if (![1, 2, FORMAT].includes(format as number)) {
      throw new DamagedAccountError(file, `it has the format ${format}, which this version does not know`);
    }
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    if (format !== FORMAT) database.exec(`PRAGMA user_version = ${FORMAT}`);
    return database;
  } catch (error) {
    closeDatabase(database);
    throw openingError(file, error);
  }
}

/**
 * Closes a database, and gives its file back at once: by itself, libsql does so only when the last statement was collected
 * as garbage. What is in the log of changes goes to the database's file.
 */
export function closeDatabase(database: Database): void {
  try {
    database.exec(
      'PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_master',
    );
  } catch {
    // On a full disk the log stays, and is read when the account is opened again.
  }
  database.close();
}

/** The error for a database that could not be opened. A full disk or a missing permission is not damage. */
export function openingError(file: string, error: unknown): unknown {
  if (error instanceof UserError || isDiskFull(error) || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (['SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_READONLY', 'SQLITE_IOERR'].includes(code ?? '')) {
    return cannotOpen(file);
  }
  return new DamagedAccountError(file, error.message);
}

const cannotOpen = (file: string) =>
  new UserError(
    `${file} cannot be opened.`,
    'Check that it is a file that you may read and write, and that the disk has space.',
  );

function pragma(database: Database, name: string): unknown {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, unknown> | undefined;
  return row?.[name];
}
