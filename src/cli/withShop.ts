import { isIndexed } from '../catalog/generations.js';
import { UserError } from '../domain/errors.js';
import { openShop } from '../service/openShop.js';
import type { Shop } from '../service/shop.js';
import type { CommonOptions } from './options.js';
import { shopOptionsOf } from './shopOptions.js';

/**
 * Runs a command's work over a shop, which is closed whatever comes of it.
 * @throws UserError where nothing is indexed yet.
 */
export async function withShop(
  flags: CommonOptions,
  work: (shop: Shop) => Promise<void> | void,
): Promise<void> {
  if (!(await isIndexed(flags.indexes))) {
    throw new UserError(
      `Nothing is indexed in ${flags.indexes} yet: run shelfwright import <file> and shelfwright reindex, or shelfwright demo.`,
    );
  }
  const shop = await openShop({ ...shopOptionsOf(flags), workers: 1 });
  try {
    await work(shop);
  } finally {
    await shop.close();
  }
}
