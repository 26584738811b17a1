import { describeValue } from '../domain/describeIssue.js';
import type { ConfigurationFile } from './configurationFile.js';
import { type ConfigurationKey, VARIABLE_PREFIX, variableOf } from './configurationKeys.js';
import { maskSecrets } from './maskSecrets.js';
import { nearestSetting, nearestVariable } from './nearestSetting.js';
import { readVariable } from './readVariable.js';

/** Where a value came from. */
export interface ValueOrigin {
  readonly from: 'flag' | 'environment' | 'file' | 'default';
  /** `--port`, `SHELFWRIGHT_SERVER_PORT`, `shelfwright.yaml, line 3`; undefined for a default. */
  readonly place: string | undefined;
}

/** A value that a source gives for a key. */
export interface GivenValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
  /** What the source calls the key: `server.port`, `SHELFWRIGHT_SERVER_PORT`, `--port`. */
  readonly name: string;
  /** The value as an error message quotes it, secrets masked. */
  readonly found: string;
}

/** What one source gives, by the path of the key. */
export interface ConfigurationLayer {
  readonly values: ReadonlyMap<string, GivenValue>;
  /** What it gives under an old name of the key. */
  readonly renamed: ReadonlyMap<string, GivenValue>;
  /** Sections, keys and variables that do not exist, a sentence each. */
  readonly problems: readonly string[];
}

/** A flag of the command line that was given, and the key that it sets. */
export interface GivenFlag {
  readonly path: string;
  /** `--port` */
  readonly flag: string;
  readonly text: string;
}

/** Variables that Kubernetes and Docker links set in every container of a service called shelfwright. */
const LINKS =
  /^SHELFWRIGHT_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|NAME|ENV_\w+)$/;
const LINK_URL = /^(tcp|udp|sctp):\/\//;

/** @param renamedKeys old path to present path */
export function fileLayer(
  file: ConfigurationFile | undefined,
  keys: readonly ConfigurationKey[],
  renamedKeys: Readonly<Record<string, string>>,
): ConfigurationLayer {
  const values = new Map<string, GivenValue>();
  const renamed = new Map<string, GivenValue>();
  const problems: string[] = [];
  if (file === undefined) return { values, renamed, problems };
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
        `${placeOf(section)}: ${section}: expected keys such as ${keys.find((key) => key.section === section)?.key}, found ${describeValue(content)}.`,
      );
    } else {
      // A section whose keys are all commented out is null.
      for (const [name, value] of Object.entries(content ?? {})) {
        const path = `${section}.${name}`;
        const place = placeOf(section, name);
        const found = shown(maskSecrets(path, value));
        const given: GivenValue = { value, origin: { from: 'file', place }, name: path, found };
        const present = Object.hasOwn(renamedKeys, path) ? renamedKeys[path] : undefined;
        if (keys.some((key) => key.path === path)) values.set(path, given);
        else if (present !== undefined) renamed.set(present, given);
        else unknown(path, place);
      }
    }
  }
  return { values, renamed, problems };
}

/**
 * @param renamedVariables old variable to the path of its key
 * @param others variables that are no settings
 */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  keys: readonly ConfigurationKey[],
  renamedVariables: Readonly<Record<string, string>>,
  others: readonly string[],
): ConfigurationLayer {
  const values = new Map<string, GivenValue>();
  const renamed = new Map<string, GivenValue>();
  for (const key of keys) {
    const given = variableGiven(key.variable, environment[key.variable], key);
    if (given !== undefined) values.set(key.path, given);
  }
  for (const [variable, path] of Object.entries(renamedVariables)) {
    const key = keys.find((one) => one.path === path);
    const given = key && variableGiven(variable, environment[variable], key);
    if (given !== undefined) renamed.set(path, given);
  }
  const known = new Set([
    ...keys.map(({ variable }) => variable),
    ...Object.keys(renamedVariables),
    ...others,
  ]);
  const problems = Object.entries(environment)
    .filter(([variable]) => variable.startsWith(VARIABLE_PREFIX) && !known.has(variable))
    .filter(([variable, text]) => !LINKS.test(variable) && !LINK_URL.test(text ?? ''))
    .map(
      ([variable]) =>
        `${variable}: there is no such setting; the nearest is ${nearestVariable(variable, keys, others)}.`,
    );
  return { values, renamed, problems };
}

export function flagLayer(
  flags: readonly GivenFlag[],
  keys: readonly ConfigurationKey[],
): ConfigurationLayer {
  const values = new Map<string, GivenValue>();
  for (const { path, flag, text } of flags) {
    const key = keys.find((one) => one.path === path);
    if (key === undefined) throw new Error(`${flag} sets ${path}, which no section has`);
    const value = readVariable(text, key.json);
    values.set(path, { value, origin: { from: 'flag', place: flag }, name: flag, found: quoted(path, text) });
  }
  return { values, renamed: new Map(), problems: [] };
}

/** The variables of renamed keys, beside those that never followed the rule. */
export function renamedVariablesOf(
  renamedKeys: Readonly<Record<string, string>>,
  irregular: Readonly<Record<string, string>>,
): Record<string, string> {
  const regular = Object.entries(renamedKeys).map(([old, present]): [string, string] => {
    const [section = '', key = ''] = old.split('.');
    return [variableOf(section, key), present];
  });
  return { ...Object.fromEntries(regular), ...irregular };
}

/** An empty variable counts as absent: compose and unit files leave one out that way. */
function variableGiven(
  variable: string,
  text: string | undefined,
  key: ConfigurationKey,
): GivenValue | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return {
    value: readVariable(text, key.json),
    origin: { from: 'environment', place: variable },
    name: variable,
    found: quoted(key.path, text),
  };
}

function shown(value: unknown): string {
  return Array.isArray(value) ? shortened(JSON.stringify(value)) : describeValue(value);
}

function quoted(path: string, text: string): string {
  return `'${shortened(String(maskSecrets(path, text)))}'`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
