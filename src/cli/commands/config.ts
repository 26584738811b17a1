import type { Command } from 'commander';
import type { ValueOrigin } from '../../configuration/configurationLayers.js';
import { describeSettings } from '../../configuration/describeSettings.js';
import { inspectConfiguration } from '../../configuration/readConfiguration.js';
import { UsageError } from '../../domain/errors.js';
import { configurationRequestOf, warn } from '../configure.js';
import { withServeFlags } from '../serveFlags.js';
import { openTerminal } from '../terminal.js';

interface ShownSetting extends ValueOrigin {
  readonly value: unknown;
}

export function addConfig(program: Command): void {
  const config = program.command('config').description('show or check the effective configuration');
  withServeFlags(
    config
      .command('show', { isDefault: true })
      .description('list every key with its value and origin; secrets are masked'),
  ).action((flags: { json?: boolean }, command: Command) => show(flags, command));
  withServeFlags(
    config.command('check').description('list all errors in file, environment and flags'),
  ).action((flags: { json?: boolean }, command: Command) => check(flags, command));
}

async function show(flags: { json?: boolean }, command: Command): Promise<void> {
  const { settings, origins, problems, warnings, file } = await inspectConfiguration(
    configurationRequestOf(command),
  );
  if (settings === undefined) throw new UsageError(problems.join('\n'));
  for (const warning of warnings) warn(warning);
  const shown = describeSettings(settings, { file, origins })
    .sections.flatMap((section) => section.settings)
    .map(({ path, value, from, place }): [string, ShownSetting] => [
      path,
      { value, from, place: place ?? undefined },
    ]);
  const values = shown.map(([, { value }]) => JSON.stringify(value));
  const [pathWidth, valueWidth] = [widest(shown.map(([path]) => path)), widest(values)];
  openTerminal(flags).result({ file: file ?? null, settings: Object.fromEntries(shown) }, [
    ...shown.map(
      ([path, { place }], at) =>
        `${path.padEnd(pathWidth)}  ${(values[at] ?? '').padEnd(valueWidth)}  ${place ?? 'default'}`,
    ),
    file === undefined ? 'No file: there is no ./shelfwright.yaml.' : `File: ${file}`,
  ]);
}

async function check(flags: { json?: boolean }, command: Command): Promise<void> {
  const { origins, problems, warnings, file } = await inspectConfiguration(configurationRequestOf(command));
  const from = (source: ValueOrigin['from']): number =>
    [...origins.values()].filter((origin) => origin.from === source).length;
  const lines =
    problems.length > 0
      ? problems
      : [
          `OK: ${from('file')} settings from ${file ?? 'no file'}, ${from('environment')} from the environment, ${from('flag')} from flags, ${from('default')} by default.`,
        ];
  openTerminal(flags).result({ file: file ?? null, problems, warnings }, [
    ...lines,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ]);
  if (problems.length > 0) process.exitCode = 1;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}
