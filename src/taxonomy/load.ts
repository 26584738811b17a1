import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { describeValue, expectationOf } from '../domain/describeIssue.js';
import { sentenceOf, UserError } from '../domain/errors.js';
import { parseYaml, YamlLines } from '../domain/readYaml.js';
import { readEntryLines } from './entryLines.js';
import { FORMAT, type Taxonomy, taxonomySchema } from './schema.js';

const LISTS = ['attributes', 'categories'] as const;

/** The migration from the previous version is in the same folder, but is not part of the taxonomy. */
const MIGRATION_FILE = /^migration\.ya?ml$/i;

/** A taxonomy with the source location of each part. */
export interface LoadedTaxonomy {
  readonly taxonomy: Taxonomy;
  readonly origins: Origins;
}

/**
 * Reads a taxonomy from all `*.yaml` and `*.yml` files of a folder, in file name order. Each metadata key is defined in
 * one file; `attributes` and `categories` are concatenated; `migration.yaml` is skipped. Validates the schema only;
 * `lintTaxonomy` checks consistency.
 * @throws UserError with the file, the line, the path in the file and the expected value.
 */
export async function loadTaxonomy(dir: string): Promise<Taxonomy> {
  return (await loadWithOrigins(dir)).taxonomy;
}

/** The same, with the source location of each part. */
export async function loadWithOrigins(dir: string): Promise<LoadedTaxonomy> {
  const merged: Record<string, unknown> = {};
  const origins = new Map<string, Origin>();
  for (const file of await taxonomyFiles(dir)) {
    const text = await readFile(file, 'utf8');
    mergeFile({ file, text }, merged, origins);
  }
  if (merged.format !== undefined && merged.format !== FORMAT) {
    throw new UserError(
      `${origins.get('format')?.file ?? dir} has taxonomy format ${JSON.stringify(merged.format)}, but this version of Shelfwright reads format ${FORMAT}: update Shelfwright, or rewrite the taxonomy in format ${FORMAT}`,
      { field: 'format' },
    );
  }
  const parsed = taxonomySchema.safeParse(merged);
  if (parsed.success) return { taxonomy: parsed.data, origins };
  const issues = parsed.error.issues;
  const first = issues[0];
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new UserError((first === undefined ? dir : shapeProblem(dir, first, merged, origins)) + more);
}

/** The YAML files of a taxonomy folder, in name order. */
async function taxonomyFiles(dir: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    throw new UserError(
      `cannot read the taxonomy folder ${dir}: ${sentenceOf(error)}; name a folder with a taxonomy in YAML files`,
    );
  }
  const files = names.filter((name) => /\.ya?ml$/i.test(name) && !MIGRATION_FILE.test(name)).sort();
  if (files.length === 0) {
    throw new UserError(
      `found no .yaml or .yml file in ${dir}; name a folder with a taxonomy, such as taxonomy/2026-11`,
    );
  }
  return files.map((name) => join(dir, name));
}

function mergeFile(source: Origin, merged: Record<string, unknown>, origins: Map<string, Origin>): void {
  const content = parseContent(source);
  if (content === null) return;
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new UserError(
      `${source.file}: expected keys such as format, attributes and categories, found ${describeValue(content)}`,
    );
  }
  for (const [key, value] of Object.entries(content)) {
    const list = LISTS.find((name) => name === key);
    if (list !== undefined && value === null) continue;
    if (list === undefined) {
      const other = origins.get(key);
      if (other !== undefined)
        throw new UserError(
          `${source.file}: ${key} is already defined in ${other.file}; keep it in one file`,
        );
      merged[key] = value;
      origins.set(key, source);
      continue;
    }
    if (!Array.isArray(value))
      throw new UserError(`${source.file}: ${list}: expected a list, found ${describeValue(value)}`);
    const entries: unknown[] = value;
    const before = merged[list];
    const joined: unknown[] = Array.isArray(before) ? before : [];
    for (const [index, entry] of entries.entries()) {
      origins.set(`${list}.${joined.length}`, { ...source, index });
      joined.push(entry);
    }
    merged[list] = joined;
  }
}

function parseContent({ file, text }: Origin): unknown {
  return readEntryLines(text) ?? parseYaml(text, file);
}

/** The source location of a metadata key or a list entry. */
export interface Origin {
  readonly file: string;
  readonly text: string;
  /** The index of a list entry in its own file. */
  readonly index?: number;
}

/** Origins by key, such as `owner` or `attributes.12`. */
export type Origins = ReadonlyMap<string, Origin>;

/** One sentence about a schema issue: file, line, path in the file, expected and found value. */
function shapeProblem(dir: string, issue: z.core.$ZodIssue, merged: unknown, origins: Origins): string {
  const [head, ...inner] = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (head === undefined) {
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const file = key === undefined ? dir : (origins.get(key)?.file ?? dir);
    return `${file}: ${describeExpectation(issue)}; the known keys are ${Object.keys(taxonomySchema.shape).join(', ')}`;
  }
  const [index, ...rest] = inner;
  const origin = origins.get(`${head}.${index}`) ?? origins.get(`${head}`);
  if (origin === undefined)
    return `${dir}: ${head} is missing: ${describeExpectation(issue)}; add it to taxonomy.yaml there`;
  const path = origin.index === undefined ? [head, ...inner] : [head, origin.index, ...rest];
  const line = new YamlLines(origin.text).lineOf(path);
  const place = `${origin.file}${line === undefined ? '' : `:${line}`}: ${placeOf(path)}`;
  if (issue.code === 'unrecognized_keys')
    return `${place}: ${describeExpectation(issue)}; remove or rename it`;
  const value = valueAt(merged, issue.path);
  const advice =
    typeof value === 'number' && describeExpectation(issue).endsWith('a string') ? '; put it in quotes' : '';
  return `${place}: ${describeExpectation(issue)}, found ${describeValue(value)}${advice}`;
}

function describeExpectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type')
    return `expected one of ${TYPES.join(', ')}`;
  return expectationOf(issue);
}

const TYPES = ['enum', 'number+unit', 'boolean', 'text'];

function placeOf(path: readonly (string | number)[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([key]) => key === String(step))?.[1];
  }
  return at;
}
