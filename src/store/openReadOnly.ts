import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { isUpToDate } from './migrate.js';
import { requireNoRestore, type Store, storeError, storeFile, storeOver } from './open.js';
import { openReadOnlyCopy } from './openReadOnlyCopy.js';
import { isWritable } from './openStoreOrCopy.js';
import { Sqlite } from './sqlite.js';

/** How long a read waits for another process that recovers the log, in milliseconds. */
const BUSY_TIMEOUT_MS = 15_000;
const REASON = 'this command only reads the store.';

/**
 * Opens the store of a data folder for reading: it shows what other processes write, and closing it leaves the folder's
 * files as they were. Without a store it opens an empty one elsewhere and makes no folder. A store of an older version,
 * or one that cannot be written, is read from a copy: SQLite writes an index beside the log even where it only reads.
 * @throws UserError if the store cannot be opened or is damaged.
 */
export function openReadOnly(dataDir: string): Store {
  requireNoRestore(dataDir);
  const file = storeFile(dataDir);
  if (!existsSync(file)) return openReadOnlyCopy(undefined, REASON);
  if (!isWritable(file, dataDir)) return openReadOnlyCopy(file, REASON);
  let database: Database | undefined;
  try {
    database = connect(file);
    if (isUpToDate(database)) return storeOver(database, file, { readOnly: REASON });
  } catch (error) {
    database?.close();
    throw storeError(error, file);
  }
  database.close();
  return openReadOnlyCopy(file, REASON);
}

/**
 * The last writable connection to close checkpoints the write-ahead log and removes it; the last read-only one leaves
 * it. So where a log exists the connection is read-only. Where none exists a read-only connection would leave an empty
 * one, and a writable one that is told not to write removes it again.
 */
function connect(file: string): Database {
  const readonly = existsSync(`${file}-wal`);
  const database = new Sqlite(file, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  database.pragma('query_only = ON');
  return database;
}
