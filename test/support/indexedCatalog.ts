import { cpSync } from 'node:fs';
import { inject } from 'vitest';
import { type Folders, foldersIn } from './rebuild.js';
import { temporaryFolder } from './temporaryFolder.js';

/** Empty folders for this test only. */
export function emptyFolders(): Folders {
  return foldersIn(temporaryFolder());
}

/** Folders for this test only, with the small catalog imported and indexed. */
export function indexedCatalog(): Folders {
  const folder = temporaryFolder();
  cpSync(inject('small'), folder, { recursive: true });
  return foldersIn(folder);
}
