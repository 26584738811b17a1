import { UsageError } from '../domain/errors.js';
import {
  type Configuration,
  configurationSchema,
  OLDER_VARIABLES,
  OTHER_VARIABLES,
} from './configuration.js';
import { findConfigurationFile, readConfigurationFile } from './configurationFile.js';
import { type GatheredConfiguration, type GivenFlag, gatherConfiguration } from './gatherConfiguration.js';

export interface ConfigurationRequest {
  /** The file of `--config`. */
  readonly named: string | undefined;
  readonly flags: readonly GivenFlag[];
  readonly environment: NodeJS.ProcessEnv;
}

/** What all sources together come to; `file` is the one that was read. Never throws: what is wrong is in `problems`. */
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
    older: OLDER_VARIABLES,
    others: OTHER_VARIABLES,
  });
  return { ...gathered, file };
}

/**
 * The configuration that counts: flags over environment over file over defaults.
 * @throws UsageError with the first thing that is wrong, its place and what was expected.
 */
export async function readConfiguration(request: ConfigurationRequest): Promise<Configuration> {
  const { settings, problems } = await inspectConfiguration(request);
  if (settings !== undefined) return settings;
  const [first = 'The configuration could not be read.'] = problems;
  throw new UsageError(
    problems.length > 1
      ? `${first} (And ${problems.length - 1} more: shelfwright config check lists all.)`
      : first,
  );
}
