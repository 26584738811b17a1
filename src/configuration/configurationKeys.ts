import { z } from 'zod';
import { expectedOf } from './expected.js';

/** A schema of sections, each an object of keys with defaults. */
export type SectionsSchema = z.ZodObject<Readonly<Record<string, z.ZodPrefault<z.ZodObject>>>>;

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** One key of the configuration, as its schema describes it. */
export interface ConfigurationKey {
  readonly section: string;
  readonly key: string;
  /** `server.port` */
  readonly path: string;
  /** `SHELFWRIGHT_SERVER_PORT` */
  readonly variable: string;
  readonly schema: z.core.$ZodType;
  readonly json: JsonSchema;
  /** What it takes, in words: `a whole number from 0 to 65535`. */
  readonly expected: string;
  readonly description: string;
  readonly defaultValue: unknown;
}

export interface ConfigurationSection {
  readonly name: string;
  readonly description: string;
  readonly keys: readonly ConfigurationKey[];
}

export const VARIABLE_PREFIX = 'SHELFWRIGHT_';

/** The sections of a schema and their keys, in its order. */
export function sectionsOf(schema: SectionsSchema): ConfigurationSection[] {
  return Object.entries(schema.shape).map(([name, wrapped]) => {
    const section = wrapped.unwrap();
    return {
      name,
      description: section.description ?? '',
      keys: Object.entries(section.shape).map(([key, one]) => keyOf(name, key, one)),
    };
  });
}

/** All keys of a schema, in its order. */
export function keysOf(schema: SectionsSchema): ConfigurationKey[] {
  return sectionsOf(schema).flatMap(({ keys }) => keys);
}

/** `server`, `port` → `SHELFWRIGHT_SERVER_PORT` */
export function variableOf(section: string, key: string): string {
  return `${VARIABLE_PREFIX}${section}_${key}`.toUpperCase();
}

function keyOf(section: string, key: string, schema: z.core.$ZodType): ConfigurationKey {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return {
    section,
    key,
    path: `${section}.${key}`,
    variable: variableOf(section, key),
    schema,
    json,
    expected: expectedOf(json),
    description: json.description ?? '',
    defaultValue: json.default,
  };
}
