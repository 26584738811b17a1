import { type Command, Option } from 'commander';
import { configurationSchema } from '../configuration/configuration.js';
import { keysOf } from '../configuration/configurationKeys.js';
import type { GivenFlag } from '../configuration/gatherConfiguration.js';
import { packagePaths } from '../configuration/packagePaths.js';
import { type ConfigurationRequest, readConfiguration } from '../configuration/readConfiguration.js';

const KEYS = keysOf(configurationSchema);

/** A flag that says a key of the configuration. */
class ConfiguredFlag extends Option {
  constructor(
    flags: string,
    description: string,
    readonly path: string,
  ) {
    super(flags, description);
  }
}

/**
 * A flag that lies over the configuration's key of that path, which also describes it. It has no default of its own:
 * that would cover what file and environment say.
 */
export function configuredFlag(flags: string, path: string): Option {
  const key = KEYS.find((one) => one.path === path);
  if (key === undefined) throw new Error(`${flags} says ${path}, which no section has`);
  const { description, defaultValue } = key;
  const sentence = `${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
  const otherwise = defaultValue === null ? path : `${path}, ${JSON.stringify(defaultValue)}`;
  return new ConfiguredFlag(flags, `${sentence} (default: ${otherwise})`, path);
}

/** What a command line, as it was given, says about the configuration. */
export function configurationRequestOf(command: Command): ConfigurationRequest {
  const given = command.opts<Record<string, unknown>>();
  const flags = command.options.flatMap((option): GivenFlag[] => {
    const text = given[option.attributeName()];
    // --no-model leaves no text for --model to say.
    if (!(option instanceof ConfiguredFlag) || typeof text !== 'string') return [];
    return [{ path: option.path, flag: option.long ?? option.flags, text }];
  });
  const named = given.config;
  return {
    named: typeof named === 'string' ? named : undefined,
    flags,
    environment: process.env,
  };
}

/**
 * Before a command's work: reads the configuration and gives it to the command among its options, with its places.
 * @throws UsageError where something in it is wrong.
 */
export async function configure(command: Command): Promise<void> {
  // What shows or checks the configuration says itself what is wrong with it.
  if (command.parent?.name() === 'config') return;
  const configuration = await readConfiguration(configurationRequestOf(command));
  const { data, indexes, model } = configuration.server;
  const said = { data, indexes, model: model ?? packagePaths.model, configuration };
  for (const [name, value] of Object.entries(said)) {
    if (command.getOptionValue(name) === false && command.getOptionValueSource(name) === 'cli') continue;
    command.setOptionValueWithSource(name, value, 'config');
  }
}
