import { packagePaths } from '../../src/configuration/packagePaths.js';
import { openService } from '../../src/service/openService.js';
import type { Service } from '../../src/service/service.js';
import { indexed } from './indexed.js';

/**
 * Runs `measure` on a shop that holds the catalog: the one in `folder` (its `data` and `indexes`) where that is
 * given, else one made for it, without enrichment, and removed after.
 */
export async function withShop(
  catalog: string,
  folder: string | undefined,
  measure: (shop: Service) => Promise<void>,
): Promise<void> {
  const { dataDir, indexesDir, remove } = await indexed(folder ?? catalog);
  try {
    const shop = await openService({ dataDir, indexesDir, modelDir: packagePaths.model });
    try {
      await measure(shop);
    } finally {
      await shop.close();
    }
  } finally {
    await remove();
  }
}
