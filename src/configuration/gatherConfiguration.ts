import { z } from 'zod';
import type { ConfigurationFile } from './configurationFile.js';
import { type ConfigurationKey, keysOf, type SectionsSchema } from './configurationKeys.js';
import {
  type ConfigurationLayer,
  environmentLayer,
  fileLayer,
  flagLayer,
  type GivenFlag,
  type GivenValue,
  renamedVariablesOf,
  type ValueOrigin,
} from './configurationLayers.js';
import { renamedWarning } from './renamedKeys.js';

export interface ConfigurationSources {
  readonly flags: readonly GivenFlag[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: ConfigurationFile | undefined;
  /** Old paths of keys, and their present ones. */
  readonly renamedKeys?: Readonly<Record<string, string>>;
  /** Old variables beside those of the renamed keys, and the paths of their keys. */
  readonly renamedVariables?: Readonly<Record<string, string>>;
  /** Variables that are no settings. */
  readonly others?: readonly string[];
}

export interface GatheredConfiguration<Settings> {
  /** Undefined where there are problems. */
  readonly settings: Settings | undefined;
  readonly origins: ReadonlyMap<string, ValueOrigin>;
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
  /** What works but has to change before the next version, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Merges the sources key by key: flags over the environment over the file over the defaults, and within a source the
 * present name of a key over an old one. Every value is checked, also one that another overrides, so that a mistake
 * shows as soon as it is made.
 */
export function gatherConfiguration<Schema extends SectionsSchema>(
  schema: Schema,
  { flags, environment, file, renamedKeys = {}, renamedVariables = {}, others = [] }: ConfigurationSources,
): GatheredConfiguration<z.output<Schema>> {
  const keys = keysOf(schema);
  const oldVariables = renamedVariablesOf(renamedKeys, renamedVariables);
  const layers = [
    fileLayer(file, keys, renamedKeys),
    environmentLayer(environment, keys, oldVariables, others),
    flagLayer(flags, keys),
  ];
  const warnings = layers.flatMap((layer) => warningsOf(layer, keys));
  const problems = layers.flatMap((layer) => layer.problems);
  const values: Record<string, Record<string, unknown>> = {};
  const origins = new Map<string, ValueOrigin>();
  for (const key of keys) {
    origins.set(key.path, { from: 'default', place: undefined });
    for (const given of layers.flatMap((layer) => [
      layer.renamed.get(key.path),
      layer.values.get(key.path),
    ])) {
      if (given === undefined) continue;
      const problem = wrongValue(key, given);
      if (problem !== undefined) problems.push(problem);
      values[key.section] = { ...values[key.section], [key.key]: given.value };
      origins.set(key.path, given.origin);
    }
  }
  if (problems.length > 0) return { settings: undefined, origins, problems, warnings };
  const parsed = schema.safeParse(values);
  if (parsed.success) return { settings: parsed.data, origins, problems, warnings };
  // Each value is valid by itself, so what remains are rules between keys.
  const rules = parsed.error.issues.map(({ path, message }) => {
    const place = origins.get(path.join('.'))?.place;
    return `${place === undefined ? '' : `${place}: `}${path.join('.')}: ${message}.`;
  });
  return { settings: undefined, origins, problems: rules, warnings };
}

function warningsOf(layer: ConfigurationLayer, keys: readonly ConfigurationKey[]): string[] {
  return [...layer.renamed].map(([path, { name, origin }]) => {
    const present = origin.from === 'file' ? path : (keys.find((key) => key.path === path)?.variable ?? path);
    return renamedWarning(origin.place ?? name, name, present, layer.values.has(path));
  });
}

function wrongValue({ schema, expected }: ConfigurationKey, given: GivenValue): string | undefined {
  const parsed = z.safeParse(schema, given.value);
  if (parsed.success) return undefined;
  // A schema with a rule beyond its type has its own message; zod's own begin with Invalid.
  const own = parsed.error.issues.find(
    ({ code, message }) => (code === 'custom' || code === 'invalid_format') && !message.startsWith('Invalid'),
  );
  const wanted = own?.message.replace(/^expected /, '') ?? expected;
  const { from, place } = given.origin;
  if (from === 'flag') return `${place} takes ${wanted}, found ${given.found}.`;
  const where = from === 'file' ? `${place}: ${given.name}` : place;
  return `${where}: expected ${wanted}, found ${given.found}.`;
}
