import type { ServiceOptions } from '../service/openService.js';
import type { CommonOptions } from './options.js';

/** What a command opens the shop with: its places, and each section of the configuration under the section's name. */
export function serviceOptionsOf({ configuration, data, indexes, model }: CommonOptions): ServiceOptions {
  return { ...configuration, configuration, dataDir: data, indexesDir: indexes, modelDir: model };
}
