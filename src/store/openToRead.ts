import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrate } from './migrate.js';
import { openStore, requireWhole, type Store, storeError, storeFile, storeOver } from './open.js';

/**
 * Opens the store of a data folder as `openStore` does; where file or folder cannot be written, a copy of it to read
 * from, whose `readOnly` says so. SQLite needs to write even where it only reads (the index of its log), hence the copy: it
 * lies in the system's temporary folder while it is open, about as large as the store.
 * @throws UserError if the store can neither be written nor copied, or is damaged.
 */
export function openToRead(dataDir: string, patience?: number): Store {
  requireWhole(dataDir);
  const file = storeFile(dataDir);
  if (!existsSync(file) || (isWritable(file) && isWritable(dataDir))) return openStore(dataDir, patience);
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-store-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = storeFile(folder);
    copyFileSync(file, copy);
    // What was committed and not yet brought into the file itself.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const database = new Sqlite(copy);
    try {
      // A store of an older version is brought up to date, the copy of it.
      migrate(database);
      database.pragma('query_only = ON');
      const store = storeOver(database, copy, {
        readOnly: `the store ${file} cannot be written; make its disk and folder writable again and restart the service.`,
      });
      return {
        ...store,
        close: () => {
          store.close();
          remove();
        },
      };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    remove();
    throw storeError(error, file);
  }
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
