import { packagePaths } from '../../src/configuration/packagePaths.js';
import { openReader } from '../../src/service/openReader.js';
import type { Reader } from '../../src/service/reader.js';
import { indexed } from './indexed.js';

/**
 * Runs `measure` on a reader of a catalog: the one in `folder` (its `data` and `indexes`) where that is
 * given, else one made for it, without enrichment, and removed after.
 */
export async function withReader(
  catalog: string,
  folder: string | undefined,
  measure: (reader: Reader) => Promise<void>,
): Promise<void> {
  const { dataDir, indexesDir, remove } = await indexed(folder ?? catalog);
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
