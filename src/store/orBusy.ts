import Sqlite from 'better-sqlite3';
import { BusyError } from '../domain/errors.js';

/** Runs a write. @throws BusyError where another process holds the store for longer than this one waits. */
export function orBusy<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new BusyError(
      'Another process is writing to the store at length, a taxonomy migration perhaps; nothing was changed, so try again in a few seconds.',
      { cause: error },
    );
  }
}
