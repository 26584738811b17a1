import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from './migrate.js';
import { type Store, storeError, storeFile, storeOver } from './open.js';
import { Sqlite } from './sqlite.js';

/**
 * Copies a store to the system's temporary folder, migrates the copy and opens it read-only. The copy is as large as
 * the store and is removed on close. Without `file` the store is empty. `reason` says why nothing can be written.
 * @throws UserError if the store cannot be copied, is damaged, or was made by a newer Shelfwright.
 */
export function openReadOnlyCopy(file: string | undefined, reason: string): Store {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-store-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const copy = storeFile(folder);
  try {
    if (file !== undefined) {
      copyFileSync(file, copy);
      // Holds what was committed and not yet written to the file itself.
      if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    }
    const database = new Sqlite(copy);
    try {
      migrate(database, file);
      database.pragma('query_only = ON');
      const store = storeOver(database, copy, { readOnly: reason });
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
    throw storeError(error, file ?? copy);
  }
}
