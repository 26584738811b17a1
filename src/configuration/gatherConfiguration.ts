import { z } from 'zod';
import { describe } from '../taxonomy/shapeProblem.js';
import type { ConfigurationFile } from './configurationFile.js';
import { type ConfigurationKey, keysOf, type SectionsSchema, VARIABLE_PREFIX } from './configurationKeys.js';
import { maskSecrets } from './maskSecrets.js';
import { nearestSetting, nearestVariable } from './nearestSetting.js';
import { readVariable } from './readVariable.js';

/** A flag of the command line that was given, and the key that it says. */
export interface GivenFlag {
  readonly path: string;
  /** `--port` */
  readonly flag: string;
  readonly text: string;
}

export interface ConfigurationSources {
  readonly flags: readonly GivenFlag[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: ConfigurationFile | undefined;
  /** Variables of older names, and the keys that they say. */
  readonly older?: Readonly<Record<string, string>>;
  /** Variables that say other things than settings. */
  readonly others?: readonly string[];
}

/** Where a value came from. */
export interface ValueOrigin {
  readonly from: 'flag' | 'environment' | 'file' | 'default';
  /** `--port`, `SHELFWRIGHT_SERVER_PORT`, `shelfwright.yaml, line 3`; undefined of a default. */
  readonly place: string | undefined;
}

export interface GatheredConfiguration<Settings> {
  /** Undefined where there are problems. */
  readonly settings: Settings | undefined;
  readonly origins: ReadonlyMap<string, ValueOrigin>;
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

/** A value that some source gives for a key. */
interface Given {
  readonly value: unknown;
  readonly origin: ValueOrigin;
  /** What to say of it where it is wrong. */
  readonly found: string;
}

/** What Kubernetes and Docker links tell every container of a service called shelfwright; nobody's settings. */
const LINKS =
  /^SHELFWRIGHT_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|NAME|ENV_\w+)$/;
const LINK_URL = /^(tcp|udp|sctp):\/\//;

/**
 * Lays flags over the environment over the file over the defaults, key by key. Every value is checked, also one that
 * another covers, so that a mistake shows when it is made.
 */
export function gatherConfiguration<Schema extends SectionsSchema>(
  schema: Schema,
  sources: ConfigurationSources,
): GatheredConfiguration<z.output<Schema>> {
  const keys = keysOf(schema);
  const problems: string[] = [];
  const layers = [
    fileLayer(sources.file, keys, problems),
    olderLayer(sources, keys),
    environmentLayer(sources, keys, problems),
    flagLayer(sources.flags, keys),
  ];
  const values: Record<string, Record<string, unknown>> = {};
  const origins = new Map<string, ValueOrigin>();
  for (const key of keys) {
    origins.set(key.path, { from: 'default', place: undefined });
    for (const given of layers.map((layer) => layer.get(key.path))) {
      if (given === undefined) continue;
      const problem = wrongValue(key, given);
      if (problem !== undefined) problems.push(problem);
      values[key.section] = { ...values[key.section], [key.key]: given.value };
      origins.set(key.path, given.origin);
    }
  }
  if (problems.length > 0) return { settings: undefined, origins, problems };
  const parsed = schema.safeParse(values);
  if (parsed.success) return { settings: parsed.data, origins, problems };
  // Each value is right, so what is left is what keys ask of each other.
  const left = parsed.error.issues.map(({ path, message }) => {
    const place = origins.get(path.join('.'))?.place;
    return `${place === undefined ? '' : `${place}: `}${path.join('.')}: ${message}.`;
  });
  return { settings: undefined, origins, problems: left };
}

function wrongValue({ path, schema, expected }: ConfigurationKey, given: Given): string | undefined {
  const parsed = z.safeParse(schema, given.value);
  if (parsed.success) return undefined;
  // A schema that says more than its type says it in words of its own; zod's begin with Invalid.
  const own = parsed.error.issues.find(
    ({ code, message }) => (code === 'custom' || code === 'invalid_format') && !message.startsWith('Invalid'),
  );
  const said = own?.message.replace(/^expected /, '') ?? expected;
  const { from, place } = given.origin;
  if (from === 'flag') return `${place} takes ${said}, found ${given.found}.`;
  const where = from === 'file' ? `${place}: ${path}` : place;
  return `${where}: expected ${said}, found ${given.found}.`;
}

function fileLayer(
  file: ConfigurationFile | undefined,
  keys: readonly ConfigurationKey[],
  problems: string[],
): Map<string, Given> {
  const layer = new Map<string, Given>();
  if (file === undefined) return layer;
  if (file.problem !== undefined) problems.push(file.problem);
  const placeOf = (section: string, key?: string): string => {
    const line = file.lineOf(section, key);
    return line === undefined ? file.file : `${file.file}, line ${line}`;
  };
  const unknown = (path: string, place: string): void => {
    problems.push(`${place}: there is no ${path}; the nearest is ${nearestSetting(path, keys)}.`);
  };
  for (const [section, content] of Object.entries(file.values)) {
    if (!keys.some((key) => key.section === section)) {
      unknown(section, placeOf(section));
    } else if (typeof content !== 'object' || Array.isArray(content)) {
      problems.push(
        `${placeOf(section)}: ${section}: expected keys such as ${keys.find((key) => key.section === section)?.key}, found ${describe(content)}.`,
      );
    } else {
      // A section whose keys are all commented out is an empty one.
      for (const [name, value] of Object.entries(content ?? {})) {
        const path = `${section}.${name}`;
        const place = placeOf(section, name);
        if (!keys.some((key) => key.path === path)) unknown(path, place);
        const found = shown(maskSecrets(path, value));
        layer.set(path, { value, origin: { from: 'file', place }, found });
      }
    }
  }
  return layer;
}

function olderLayer(
  { environment, older = {} }: ConfigurationSources,
  keys: readonly ConfigurationKey[],
): Map<string, Given> {
  const said = Object.entries(older).map(([variable, path]): [string, Given | undefined] => [
    path,
    variableGiven(
      variable,
      environment[variable],
      keys.find((key) => key.path === path),
    ),
  ]);
  return layerOf(said);
}

function environmentLayer(
  { environment, older = {}, others = [] }: ConfigurationSources,
  keys: readonly ConfigurationKey[],
  problems: string[],
): Map<string, Given> {
  const known = [...keys.map(({ variable }) => variable), ...Object.keys(older), ...others];
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(VARIABLE_PREFIX) || known.includes(variable)) continue;
    if (LINKS.test(variable) || LINK_URL.test(text ?? '')) continue;
    problems.push(
      `${variable}: there is no such setting; the nearest is ${nearestVariable(variable, keys, others)}.`,
    );
  }
  return layerOf(keys.map((key) => [key.path, variableGiven(key.variable, environment[key.variable], key)]));
}

/** An empty variable is none: that is how compose files and unit files leave one out. */
function variableGiven(
  variable: string,
  text: string | undefined,
  key: ConfigurationKey | undefined,
): Given | undefined {
  if (text === undefined || text.trim() === '' || key === undefined) return undefined;
  return {
    value: readVariable(text, key.json),
    origin: { from: 'environment', place: variable },
    found: quoted(key.path, text),
  };
}

function flagLayer(flags: readonly GivenFlag[], keys: readonly ConfigurationKey[]): Map<string, Given> {
  return layerOf(
    flags.map(({ path, flag, text }): [string, Given | undefined] => {
      const key = keys.find((one) => one.path === path);
      if (key === undefined) throw new Error(`${flag} says ${path}, which no section has`);
      const value = readVariable(text, key.json);
      return [path, { value, origin: { from: 'flag', place: flag }, found: quoted(path, text) }];
    }),
  );
}

function shown(value: unknown): string {
  return Array.isArray(value) ? shortened(JSON.stringify(value)) : describe(value);
}

function quoted(path: string, text: string): string {
  return `'${shortened(String(maskSecrets(path, text)))}'`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function layerOf(entries: readonly (readonly [string, Given | undefined])[]): Map<string, Given> {
  const layer = new Map<string, Given>();
  for (const [path, given] of entries) if (given !== undefined) layer.set(path, given);
  return layer;
}
