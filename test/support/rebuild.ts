import path from 'node:path';
import { reindex } from '../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { silent } from '../../src/domain/progress.js';
import { openStore } from '../../src/store/open.js';
import { smallCatalog } from './smallCatalog.js';

export interface Folders {
  readonly dataDir: string;
  readonly indexesDir: string;
}

export function foldersIn(folder: string): Folders {
  return { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
}

/** Imports and indexes the small catalog in a folder. */
export async function indexSmallCatalog(folder: string): Promise<void> {
  const folders = foldersIn(folder);
  const store = openStore(folders.dataDir);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  store.close();
  await rebuild(folders);
}

/** Reindexes without enrichment, as another process would, and returns the id of the new generation. */
export async function rebuild({ dataDir, indexesDir }: Folders): Promise<string> {
  const store = openStore(dataDir);
  try {
    const { generation } = await reindex({
      store,
      indexesDir,
      modelDir: packagePaths.model,
      taxonomy: undefined,
      enrich: false,
      allowShrink: false,
      progress: silent,
    });
    return generation;
  } finally {
    store.close();
  }
}
