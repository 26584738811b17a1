import { packagePaths } from '../../src/configuration/packagePaths.js';
import { openReader } from '../../src/service/openReader.js';
import type { Reader } from '../../src/service/reader.js';
import { indexCatalog } from './indexCatalog.js';

/**
 * Runs `measure` on a reader of a catalog: of `folder` with its `data` and `indexes` if given, otherwise of a temporary
 * index without enrichment.
 */
export async function withReader(
  catalog: string,
  folder: string | undefined,
  measure: (reader: Reader) => Promise<void>,
): Promise<void> {
  const { dataDir, indexesDir, remove } = await indexCatalog(folder ?? catalog);
  try {
    const reader = await openReader({ dataDir, indexesDir, modelDir: packagePaths.model });
    try {
      await measure(reader);
    } finally {
      await reader.close();
    }
  } finally {
    await remove();
  }
}
