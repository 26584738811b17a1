import { cpSync } from 'node:fs';
import { madeOnce } from './madeOnce.js';
import { type Folders, foldersIn, indexSmallCatalog } from './rebuild.js';
import { temporaryFolder } from './temporaryFolder.js';

/** The small catalog, reindexed without enrichment. */
const small = await madeOnce('small', async (folder) => {
  await indexSmallCatalog(folder);
  return folder;
});

/** Empty folders for this test only. */
export function emptyFolders(): Folders {
  return foldersIn(temporaryFolder());
}

/** Folders for this test only, with the small catalog imported and indexed. */
export function indexedCatalog(): Folders {
  return indexedCatalogIn(temporaryFolder());
}

/** The same in a folder that several tests share. */
export function indexedCatalogIn(folder: string): Folders {
  cpSync(small, folder, { recursive: true });
  return foldersIn(folder);
}
