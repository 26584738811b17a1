import { isIndexed } from '../catalog/generations.js';
import { UserError } from '../domain/errors.js';
import { openService } from '../service/openService.js';
import type { Service } from '../service/service.js';
import type { CommonOptions } from './options.js';
import { serviceOptionsOf } from './serviceOptions.js';

/**
 * Runs a command's work over a shop, which is closed whatever comes of it.
 * @throws UserError where nothing is indexed yet.
 */
export async function withReader(
  flags: CommonOptions,
  work: (shop: Service) => Promise<void> | void,
): Promise<void> {
  if (!(await isIndexed(flags.indexes))) {
    throw new UserError(
      `Nothing is indexed in ${flags.indexes} yet: run shelfwright import <file> and shelfwright reindex, or shelfwright demo.`,
    );
  }
  const shop = await openService({ ...serviceOptionsOf(flags), workers: 1 });
  try {
    await work(shop);
  } finally {
    await shop.close();
  }
}
