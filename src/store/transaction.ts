import type { Database } from 'better-sqlite3';
import { BusyError } from '../domain/errors.js';
import { faultPoint } from '../domain/faultPoint.js';
import { storageErrorOf } from '../domain/storageError.js';
import { Sqlite } from './sqlite.js';

/** Runs `work` in one transaction that takes the write lock first. If `work` throws, nothing changes. */
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
 * @throws BusyError if another process holds the write lock longer than the busy timeout.
 * @throws UnavailableError if the disk is full, read-only or faulty, or the store is damaged.
 */
export function refuseIfBusy<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    if (!error.code.startsWith('SQLITE_BUSY')) throw storageErrorOf(error) ?? error;
    throw new BusyError(
      'Another process is writing to the store for a long time, such as a taxonomy migration; nothing was changed, so try again in a few seconds.',
      { cause: error },
    );
  }
}
