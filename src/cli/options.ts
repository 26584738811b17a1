import { type Command, Option } from 'commander';
import type { Configuration } from '../configuration/configuration.js';
import type { SettingsSource } from '../configuration/describeSettings.js';
import { UsageError } from '../domain/errors.js';
import { FORMATS, type Format } from '../formats/format.js';
import type { SourceOptions } from '../formats/source.js';

/** The options of every command; folders and configuration are merged from flags, environment and file. */
export interface CommonOptions {
  readonly data: string;
  readonly indexes: string;
  readonly model: string;
  readonly json?: boolean;
  readonly configuration: Configuration;
  readonly settingsSource: SettingsSource;
}

/** Parses a whole number. @throws UsageError with the name of the option. */
export function wholeNumber(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value) || value < min || value > max) {
      throw new UsageError(`${option} takes a whole number from ${min} to ${max}, found '${text}'.`, {
        field: option,
      });
    }
    return value;
  };
}

/** `title=Name,price=Cost` → `{ title: 'Name', price: 'Cost' }`. @throws UsageError for anything else. */
export function fieldMap(text: string): Record<string, string> {
  const map: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [field, column, ...rest] = pair.split('=');
    if (
      field === undefined ||
      column === undefined ||
      field.trim() === '' ||
      column.trim() === '' ||
      rest.length > 0
    ) {
      throw new UsageError(
        `--map takes pairs of field=Column such as title=Name,price=Cost, found '${pair}'.`,
        { field: '--map' },
      );
    }
    map[field.trim()] = column.trim();
  }
  return map;
}

/** `category, color` → `['category', 'color']`. @throws UsageError for an empty name. */
export function nameList(option: string): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    if (names.includes('')) {
      throw new UsageError(
        `${option} takes names with commas between, for example category,color, found '${text}'.`,
        {
          field: option,
        },
      );
    }
    return names;
  };
}

/** The options of every command that reads a product file. */
export interface ReadingFlags {
  readonly format?: Format;
  readonly map?: Record<string, string>;
  readonly sheet?: string;
  readonly headerRow?: number;
}

/** Adds the options that say how to read a product file. */
export function addReadingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'format of the file (default: from its name)').choices(FORMATS),
    )
    .option('--map <pairs>', 'which column holds which field: title=Name,price=Cost', fieldMap)
    .option('--sheet <name>', 'name or number of the sheet of a workbook (default: the first)')
    .option(
      '--header-row <row>',
      'line or row of the names of the columns (default: the first that is no title)',
      wholeNumber('--header-row', 1, 1_048_576),
    );
}

/** How to read the file of a command. */
export function readingOf(flags: ReadingFlags & Pick<CommonOptions, 'configuration'>): SourceOptions {
  const { format, map, sheet, headerRow, configuration } = flags;
  return { format, map, sheet, headerRow, placeholders: configuration.import.placeholders };
}

/** Exit code of a command that succeeded and put rows into quarantine. */
export const DONE_WITH_QUARANTINE = 3;
