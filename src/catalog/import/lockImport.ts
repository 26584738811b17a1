import path from 'node:path';
import { AlreadyRunningError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';

const LOCK = '.import.lock';

/**
 * Takes the right to import into a store; the returned function gives it back. A process that is killed gives it back
 * as it goes. Two full imports at once would delete each other's rows.
 * @throws AlreadyRunningError if another import is at it, in this process or another.
 */
export function lockImport(store: Store): () => void {
  const unlock = acquireProcessMutex(path.join(path.dirname(store.path), LOCK));
  if (unlock === undefined) {
    throw new AlreadyRunningError('Another import into this store is under way: wait for it to finish.');
  }
  return unlock;
}
