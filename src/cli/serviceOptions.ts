import type { ServiceOptions } from '../service/openService.js';
import type { CommonOptions } from './options.js';

/** What `serve` opens the service with: its folders, and each section of the configuration under the section's name. */
export function serviceOptionsOf({ configuration, data, indexes, model }: CommonOptions): ServiceOptions {
  return { ...configuration, configuration, dataDir: data, indexesDir: indexes, modelDir: model };
}
