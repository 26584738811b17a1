import { z } from 'zod';

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
  /** The accepted values in words: `a whole number from 0 to 65535`. */
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

/** The sections of a schema with their keys, in the schema's order. */
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

/** All keys of a schema, in the schema's order. */
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

/** The accepted values in words: `a whole number from 0 to 65535`, `"info" or "warn"`, `a list, each a string`. */
function expectedOf(json: JsonSchema | boolean): string {
  if (typeof json === 'boolean') return 'any value';
  const choices = json.anyOf ?? json.oneOf;
  if (choices !== undefined) return choices.map(expectedOf).join(' or ');
  if (json.enum !== undefined) return json.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (json.const !== undefined) return JSON.stringify(json.const);
  switch (json.type) {
    case 'integer':
      return `a whole number${rangeOf(json)}`;
    case 'number':
      return `a number${rangeOf(json)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      if (json.format === 'uri') return 'a URL';
      return json.minLength === 1 ? 'a non-empty string' : 'a string';
    case 'array':
      return listOf(json);
    case 'object':
      return json.properties === undefined ? 'keys' : `with ${Object.keys(json.properties).join(', ')}`;
    case 'null':
      return 'null';
    default:
      return 'any value';
  }
}

function listOf({ items, minItems }: JsonSchema): string {
  const min = minItems === undefined || minItems === 0 ? '' : ` of at least ${minItems}`;
  return typeof items === 'object' && !Array.isArray(items)
    ? `a list${min}, each ${expectedOf(items)}`
    : `a list${min}`;
}

function rangeOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const [from, above] = [bound(minimum), bound(exclusiveMinimum)];
  const [to, below] = [bound(maximum), bound(exclusiveMaximum)];
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  const min = from !== undefined ? ` of at least ${from}` : above !== undefined ? ` above ${above}` : '';
  const max = to !== undefined ? ` of at most ${to}` : below !== undefined ? ` below ${below}` : '';
  return min !== '' && max !== '' ? `${min} and${max}` : min + max;
}

/** Leaves out the bounds of safe integers, which zod adds to every whole number. */
function bound(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}
