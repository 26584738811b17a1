import type { ShopOptions } from '../service/openShop.js';
import type { CommonOptions } from './options.js';

/** What a command opens the shop with: its places, and each section of the configuration under the section's name. */
export function shopOptionsOf({ configuration, data, indexes, model }: CommonOptions): ShopOptions {
  return { ...configuration, configuration, dataDir: data, indexesDir: indexes, modelDir: model };
}
