import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isMap, isScalar } from 'yaml';
import { describeValue } from '../domain/describeIssue.js';
import { sentenceOf } from '../domain/errors.js';
import { readYaml } from '../domain/readYaml.js';
import { FILE_VARIABLE } from './configuration.js';

/** The file that is read if none is named. */
const DEFAULT_FILE = './shelfwright.yaml';

const MAX_BYTES = 1_000_000;

/** A parsed configuration file. Its keys are not validated yet. */
export interface ConfigurationFile {
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Why the file could not be read, in a sentence. */
  readonly problem: string | undefined;
  /** The 1-based line of a section, or of a key in it. */
  lineOf(section: string, key?: string): number | undefined;
}

/**
 * The configuration file to read: the named one, else that of the environment, else `shelfwright.yaml` in the working
 * directory if it
 * exists.
 */
export function findConfigurationFile(
  named: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (named !== undefined) return named;
  const variable = environment[FILE_VARIABLE];
  if (variable !== undefined && variable.trim() !== '') return variable;
  return existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined;
}

/** Reads a YAML or JSON file of sections. Never throws: a failure becomes `problem`. */
export async function readConfigurationFile(file: string): Promise<ConfigurationFile> {
  const broken = (problem: string): ConfigurationFile => ({
    file,
    values: {},
    problem,
    lineOf: () => undefined,
  });
  let text: string;
  try {
    if ((await stat(file)).size > MAX_BYTES)
      return broken(`${file} is larger than a megabyte: name a configuration file with --config.`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    return broken(`The configuration ${file} cannot be read: ${sentenceOf(error)}; name a file that exists.`);
  }
  const read = readYaml(text);
  if ('message' in read) return broken(`${file}, line ${read.line}: ${read.message}.`);
  const { raw, document, lines } = read;
  if (raw === null || raw === undefined)
    return { file, values: {}, problem: undefined, lineOf: () => undefined };
  if (typeof raw !== 'object' || Array.isArray(raw))
    return broken(`${file}: expected sections such as server, found ${describeValue(raw)}.`);
  if (containsItself(raw)) return broken(`${file}: a value contains itself by an alias; write it out.`);
  return {
    file,
    values: Object.fromEntries(Object.entries(raw)),
    problem: undefined,
    lineOf: (section, key) => {
      const sections: unknown = document.contents;
      const at = key === undefined ? sections : nodeAt(sections, section)?.value;
      const offset = nodeAt(at, key ?? section)?.offset;
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

/** Whether a value contains itself, which YAML aliases can express. */
function containsItself(raw: object): boolean {
  try {
    JSON.stringify(raw);
    return false;
  } catch {
    return true;
  }
}

/** The entry of a mapping with this key. */
function nodeAt(map: unknown, name: string): { value: unknown; offset: number | undefined } | undefined {
  if (!isMap(map)) return undefined;
  for (const { key, value } of map.items) {
    if (isScalar(key) && String(key.value) === name) return { value, offset: key.range?.[0] };
  }
  return undefined;
}
