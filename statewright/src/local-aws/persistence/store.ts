import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeUserFolder } from '../../user-file';
import type { OpenTable, Table, TableOptions } from '../table';
import { AccountDatabase } from './account-database';
import { CachedTable } from './cached-table';
import {
  closeDatabase,
  createDatabase,
  type Database,
  loadSqlite,
  type OpenDatabase,
  openDatabase,
  openingError,
} from './database';
import { DatabaseFile } from './database-file';
import { DatabaseTable } from './database-table';
import { isDiskFull, storageErrorOf } from './errors';
import { FileTable } from './file-table';
import { lockFolder } from './folder-lock';
import { checkJournalUnused, convertJournal, putAside } from './journal-format/convert-journal';
import { journalFiles } from './journal-format/read-journal';

/** An account's records in a folder. */
export interface Store {
  /** @throws DamagedAccountError */
  readonly openTable: OpenTable;
  /** Where the files are that version 0.1.0 wrote, when the account was just converted from its format. */
  readonly converted?: string;
  /** To be called when the account has closed. */
  close(): void;
}

/**
 * Opens the folder in which an account's records are kept, and makes it when it does not exist: `account.db`, an SQLite
 * database, and a folder for each table of files.
 *
 * What a call has changed when it returns survives the end of this process, also by `kill -9`. It survives a power failure,
 * too, but for the last seconds of tables that are `buffered` (executions, histories, logs): there the newest records may be
 * missing, and what is left is whole. Nothing in the folder is ever deleted but what the account's owner deletes.
 * @throws FolderInUseError, DamagedAccountError, or StorageError when an old account does not fit in its new format
 */
export async function openStore(folder: string): Promise<Store> {
  const open = await loadSqlite();
  makeUserFolder(folder, 0o700);
  const place = realpathSync(folder);
  const file = join(place, 'account.db');
  const isOld = () => !existsSync(file) && journalFiles(place).some((name) => !name.endsWith('.new'));
  if (isOld()) checkJournalUnused(place);
  const unlock = lockFolder(place, open);
  try {
    const converts = isOld();
    if (converts) convert(open, place, file);
    else if (!existsSync(file)) createDatabase(open, file, () => {});
    const converted = converts ? putAside(place) : undefined;
    const database = openDatabase(open, file);
    const databaseFile = new DatabaseFile(file);
    return {
      openTable: tablesOf(database, place, file, databaseFile),
      ...(converted !== undefined && { converted }),
      close: () => {
        if (!databaseFile.isInPlace) return;
        closeDatabase(database);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw isDiskFull(error) ? storageErrorOf(folder, error) : error;
  }
}

/** Makes an account out of one of version 0.1.0, or leaves the folder as it was. */
function convert(open: OpenDatabase, folder: string, file: string): void {
  const before = new Set(readdirSync(folder));
  try {
    createDatabase(open, file, (database) => convertJournal(folder, tablesOf(database, folder, file)));
  } catch (error) {
    for (const name of readdirSync(folder)) {
      if (!before.has(name)) rmSync(join(folder, name), { recursive: true });
    }
    throw error;
  }
}

function tablesOf(database: Database, folder: string, file: string, databaseFile?: DatabaseFile): OpenTable {
  const account = new AccountDatabase(database, folder, databaseFile);
  return <T>(name: string, options: TableOptions<T> = {}): Table<T> => {
    if (options.values === 'files') return new FileTable(folder, name, options) as Table<unknown> as Table<T>;
    try {
      const table = new DatabaseTable<T>(account, name, options);
      return options.values === 'disk' ? table : new CachedTable(table);
    } catch (error) {
      throw openingError(file, error);
    }
  };
}
