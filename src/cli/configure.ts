import { type Command, Option } from 'commander';
import { configurationSchema } from '../configuration/configuration.js';
import { keysOf } from '../configuration/configurationKeys.js';
import type { GivenFlag } from '../configuration/configurationLayers.js';
import { packagePaths } from '../configuration/packagePaths.js';
import { type ConfigurationRequest, readConfiguration } from '../configuration/readConfiguration.js';
import { RENAMED_FLAGS, renamedWarning } from '../configuration/renamedKeys.js';

const KEYS = keysOf(configurationSchema);

/** A flag that sets a key of the configuration. */
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
 * A flag that overrides the configuration key at `path` and shares its description. It has no default of its own, because
 * a default would override the file and the environment.
 */
export function configuredFlag(flags: string, path: string): Option {
  const key = KEYS.find((one) => one.path === path);
  if (key === undefined) throw new Error(`${flags} sets ${path}, which no section has`);
  const { description, defaultValue } = key;
  const summary = `${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
  const fallback = defaultValue === null ? path : `${path}, ${JSON.stringify(defaultValue)}`;
  return new ConfiguredFlag(flags, `${summary} (default: ${fallback})`, path);
}

/** Where the configuration of a command comes from: its `--config` file, its flags and the environment. */
export function configurationRequestOf(command: Command): ConfigurationRequest {
  const given = command.opts<Record<string, unknown>>();
  const flags = command.options.flatMap((option): GivenFlag[] => {
    const text = given[option.attributeName()];
    // After --no-model, the value of --model is false.
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

/** Adds the old names of a command's flags, hidden, which `useRenamedFlags` reads. */
export function acceptRenamedFlags(command: Command): void {
  for (const { from, to } of renamedFlagsOf(command)) {
    const option = command.options.find(({ long }) => long === to);
    if (option === undefined) throw new Error(`${command.name()} has no ${to} to take the place of ${from}`);
    const old = new Option(option.flags.replace(to, from)).hideHelp();
    if (option.parseArg !== undefined) old.argParser(option.parseArg);
    command.addOption(old);
  }
}

/** Sets the flags that were given by an old name, and warns of each. A flag given by both names keeps its new value. */
function useRenamedFlags(command: Command): void {
  for (const { from, to } of renamedFlagsOf(command)) {
    const [old, present] = [from, to].map((name) => new Option(name).attributeName());
    if (old === undefined || present === undefined) continue;
    if (command.getOptionValueSource(old) !== 'cli') continue;
    const bothGiven = command.getOptionValueSource(present) === 'cli';
    warn(renamedWarning(from, from, to, bothGiven));
    if (!bothGiven) command.setOptionValueWithSource(present, command.getOptionValue(old), 'cli');
  }
}

function renamedFlagsOf(command: Command): typeof RENAMED_FLAGS {
  return RENAMED_FLAGS.filter((renamed) => renamed.command === command.name());
}

export function warn(sentence: string): void {
  process.stderr.write(`shelfwright: warning: ${sentence}\n`);
}

/**
 * Reads the configuration before a command runs, and adds it and its folders to the command's options.
 * @throws UsageError if the configuration is invalid.
 */
export async function configure(command: Command): Promise<void> {
  useRenamedFlags(command);
  // `config show` and `config check` report errors of the configuration themselves.
  if (command.parent?.name() === 'config') return;
  const { configuration, ...settingsSource } = await readConfiguration(configurationRequestOf(command), warn);
  const { data, indexes, model } = configuration.server;
  const values = { data, indexes, model: model ?? packagePaths.model, configuration, settingsSource };
  for (const [name, value] of Object.entries(values)) {
    if (command.getOptionValue(name) === false && command.getOptionValueSource(name) === 'cli') continue;
    command.setOptionValueWithSource(name, value, 'config');
  }
}
