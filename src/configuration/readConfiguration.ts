import { UsageError } from '../domain/errors.js';
import { type Configuration, configurationSchema, OTHER_VARIABLES } from './configuration.js';
import { findConfigurationFile, readConfigurationFile } from './configurationFile.js';
import type { GivenFlag } from './configurationLayers.js';
import type { SettingsSource } from './describeSettings.js';
import { type GatheredConfiguration, gatherConfiguration } from './gatherConfiguration.js';
import { RENAMED_KEYS, RENAMED_VARIABLES } from './renamedKeys.js';

export interface ConfigurationRequest {
  /** The file of `--config`. */
  readonly named: string | undefined;
  readonly flags: readonly GivenFlag[];
  readonly environment: NodeJS.ProcessEnv;
}

/** The merged configuration and the file that was read. Never throws: what is wrong is in `problems`. */
export async function inspectConfiguration({
  named,
  flags,
  environment,
}: ConfigurationRequest): Promise<GatheredConfiguration<Configuration> & { file: string | undefined }> {
  const file = findConfigurationFile(named, environment);
  const gathered = gatherConfiguration(configurationSchema, {
    flags,
    environment,
    file: file === undefined ? undefined : await readConfigurationFile(file),
    renamedKeys: RENAMED_KEYS,
    renamedVariables: RENAMED_VARIABLES,
    others: OTHER_VARIABLES,
  });
  return { ...gathered, file };
}

/**
 * The merged configuration, and where it comes from: flags over environment over file over defaults.
 * @param warn gets each warning, such as that of a renamed key, as a sentence
 * @throws UsageError with the first problem, its place and what was expected.
 */
export async function readConfiguration(
  request: ConfigurationRequest,
  warn: (sentence: string) => void,
): Promise<SettingsSource & { readonly configuration: Configuration }> {
  const { settings, origins, file, problems, warnings } = await inspectConfiguration(request);
  for (const warning of warnings) warn(warning);
  if (settings !== undefined) return { configuration: settings, origins, file };
  const [first = 'The configuration could not be read.'] = problems;
  throw new UsageError(
    problems.length > 1
      ? `${first} (And ${problems.length - 1} more: shelfwright config check lists all.)`
      : first,
  );
}
