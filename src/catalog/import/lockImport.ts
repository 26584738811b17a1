import path from 'node:path';
import { AlreadyRunningError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';

const LOCK = '.import.lock';

/**
 * Acquires the process mutex of imports into a store; the returned function releases it, as does the end of the process.
 * Two full imports at once would delete each other's rows.
 * @throws AlreadyRunningError if another import is running, in this process or another.
 */
export function lockImport(store: Store): () => void {
  const unlock = acquireProcessMutex(path.join(path.dirname(store.path), LOCK));
  if (unlock === undefined) {
    throw new AlreadyRunningError('Another import into this store is running: wait for it to finish.');
  }
  return unlock;
}
