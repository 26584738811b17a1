import type { Database } from 'better-sqlite3';
import { sentenceOf, UserError } from '../domain/errors.js';
import { Sqlite } from './sqlite.js';

/**
 * Takes a file for this connection alone, until the returned function gives it back or the process ends, however it
 * ends: the lock is the operating system's, held through SQLite. Undefined where somebody else has it, in this
 * process or in another. The file is made where it is missing, and stays.
 * @throws UserError if the file cannot be opened as a lock.
 */
export function acquireProcessMutex(file: string): (() => void) | undefined {
  let database: Database | undefined;
  try {
    database = new Sqlite(file, { timeout: 0 });
    database.exec('begin exclusive');
  } catch (error) {
    database?.close();
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') return undefined;
    throw new UserError(
      `The lock ${file} could not be taken (${sentenceOf(error)}): check the folder's permissions, or remove the file.`,
      { cause: error },
    );
  }
  const taken = database;
  return () => {
    taken.close();
  };
}
