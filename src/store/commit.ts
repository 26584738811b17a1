import type { Database } from 'better-sqlite3';
import { faultPoint } from '../domain/faultPoint.js';

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
