import { accessSync, constants, existsSync } from 'node:fs';
import { openStore, requireNoRestore, type Store, storeFile } from './open.js';
import { openReadOnlyCopy } from './openReadOnlyCopy.js';

/**
 * Opens the store of a data folder as `openStore` does. Where the file or the folder cannot be written, opens a
 * read-only copy, whose `readOnly` says so.
 * @throws UserError if the store can neither be written nor copied, or is damaged.
 */
export function openStoreOrCopy(dataDir: string, timeout?: number): Store {
  requireNoRestore(dataDir);
  const file = storeFile(dataDir);
  if (!existsSync(file) || isWritable(file, dataDir)) return openStore(dataDir, timeout);
  return openReadOnlyCopy(
    file,
    `the store ${file} cannot be written; make its disk and folder writable again and restart the service.`,
  );
}

/** Whether all these files and folders can be written. */
export function isWritable(...places: readonly string[]): boolean {
  try {
    for (const place of places) accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
