import type { Database } from 'better-sqlite3';
import { BusyError } from '../domain/errors.js';
import { faultPoint } from '../domain/faultPoint.js';
import { storageErrorOf } from '../domain/storageError.js';
import { Sqlite } from './sqlite.js';

/** Runs `work` in one transaction, taking the write lock before it begins; all of it counts, or on a throw none. */
export function commit<T>(database: Database, work: () => T): T {
  const result = database
    .transaction(() => {
      const done = work();
      faultPoint('store.commit');
      return done;
    })
    .immediate();
  faultPoint('store.committed');
  return result;
}

/**
 * Runs a write.
 * @throws BusyError where another process holds the store for longer than this one waits.
 * @throws UnavailableError where the disk is full, not writable or faulty, or the store damaged.
 */
export function refuseIfBusy<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    if (!error.code.startsWith('SQLITE_BUSY')) throw storageErrorOf(error) ?? error;
    throw new BusyError(
      'Another process is writing to the store at length, a taxonomy migration perhaps; nothing was changed, so try again in a few seconds.',
      { cause: error },
    );
  }
}
