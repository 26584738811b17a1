import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openShop } from '../../src/pipeline/openShop.js';
import { places } from '../../src/pipeline/places.js';
import type { Shop } from '../../src/pipeline/shop.js';
import { runCommand } from './runCommand.js';

/**
 * Runs `measure` on a shop that holds the catalog: the one in `folder` (its `data` and `indexes`) where that is
 * given, else one made for it, without enrichment, and removed after.
 */
export async function withShop(
  catalog: string,
  folder: string | undefined,
  measure: (shop: Shop) => Promise<void>,
): Promise<void> {
  const made = folder === undefined ? await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-')) : undefined;
  const where = placesIn(folder ?? made ?? '');
  try {
    if (made !== undefined) {
      const flags = ['--data', where.dataDir, '--indexes', where.indexesDir];
      await runCommand(['import', catalog, ...flags]);
      await runCommand(['reindex', '--no-enrich', ...flags]);
    } else if (!existsSync(where.indexesDir)) {
      throw new Error(`${folder} holds no shop: expected the folders data and indexes in it.`);
    }
    const shop = await openShop({ ...where, modelDir: places.model });
    try {
      await measure(shop);
    } finally {
      await shop.close();
    }
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
}

function placesIn(folder: string): { dataDir: string; indexesDir: string } {
  return { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
}
