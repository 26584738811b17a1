import type { ServiceOptions } from '../service/openService.js';
import type { CommonOptions } from './options.js';

/** The options that `serve` opens the service with: its folders, and each section of the configuration by its name. */
export function serviceOptionsOf({
  configuration,
  settingsSource,
  data,
  indexes,
  model,
}: CommonOptions): ServiceOptions {
  return {
    ...configuration,
    configuration,
    settingsSource,
    dataDir: data,
    indexesDir: indexes,
    modelDir: model,
  };
}
