import type { z } from 'zod';
import { describeValue, expectationOf } from '../domain/describeIssue.js';
import { YamlLines } from '../domain/yamlLines.js';
import { taxonomySchema } from './schema.js';

/** Where a key of the head or an entry of a list came from. */
export interface Origin {
  readonly file: string;
  readonly text: string;
  /** Of a list entry, its place in its own file. */
  readonly index?: number;
}

/** Origins by `owner`, `attributes.12`. */
export type Origins = ReadonlyMap<string, Origin>;

/** One sentence about an issue that the schema found: file, line, place inside, what was expected, what was found. */
export function shapeProblem(
  dir: string,
  issue: z.core.$ZodIssue,
  merged: unknown,
  origins: Origins,
): string {
  const [head, ...inner] = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (head === undefined) {
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const file = key === undefined ? dir : (origins.get(key)?.file ?? dir);
    return `${file}: ${expectation(issue)}; known are ${Object.keys(taxonomySchema.shape).join(', ')}`;
  }
  const [index, ...rest] = inner;
  const origin = origins.get(`${head}.${index}`) ?? origins.get(`${head}`);
  if (origin === undefined)
    return `${dir}: ${head} is missing: ${expectation(issue)}; add it to taxonomy.yaml there`;
  const path = origin.index === undefined ? [head, ...inner] : [head, origin.index, ...rest];
  const line = new YamlLines(origin.text).lineOf(path);
  const place = `${origin.file}${line === undefined ? '' : `:${line}`}: ${placeOf(path)}`;
  if (issue.code === 'unrecognized_keys') return `${place}: ${expectation(issue)}; remove or rename it`;
  const value = valueAt(merged, issue.path);
  const advice =
    typeof value === 'number' && expectation(issue).endsWith('a string') ? '; put it in quotes' : '';
  return `${place}: ${expectation(issue)}, found ${describeValue(value)}${advice}`;
}

function expectation(issue: z.core.$ZodIssue): string {
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
