import path from 'node:path';
import { reindex } from '../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { silent } from '../../src/domain/progress.js';
import { openStore } from '../../src/store/open.js';
import { smallCatalog } from './smallCatalog.js';
import { temporaryFolder } from './temporaryFolder.js';

export interface Folders {
  readonly dataDir: string;
  readonly indexesDir: string;
}

/** Empty folders for this test only. */
export function emptyFolders(): Folders {
  const folder = temporaryFolder();
  return { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
}

/** The same, with the small catalog imported and indexed. */
export async function indexedCatalog(): Promise<Folders> {
  const folders = emptyFolders();
  const store = openStore(folders.dataDir);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  store.close();
  await rebuild(folders);
  return folders;
}

/** Reindexes without enrichment, as another process would, and returns the id of the new generation. */
export async function rebuild({ dataDir, indexesDir }: Folders): Promise<string> {
  const store = openStore(dataDir);
  const { generation } = await reindex({
    store,
    indexesDir,
    modelDir: packagePaths.model,
    taxonomy: undefined,
    enrich: false,
    allowShrink: false,
    progress: silent,
  });
  store.close();
  return generation;
}
