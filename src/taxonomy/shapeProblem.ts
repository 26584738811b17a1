import type { z } from 'zod';
import { LineFinder } from './lineFinder.js';
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
  const line = new LineFinder(origin.text).lineOf(path);
  const place = `${origin.file}${line === undefined ? '' : `:${line}`}: ${placeOf(path)}`;
  if (issue.code === 'unrecognized_keys') return `${place}: ${expectation(issue)}; remove or rename it`;
  const value = valueAt(merged, issue.path);
  const advice =
    typeof value === 'number' && expectation(issue).endsWith('a string') ? '; put it in quotes' : '';
  return `${place}: ${expectation(issue)}, found ${describe(value)}${advice}`;
}

/** A few words on what stands in a file. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty place';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'object') return `keys ${Object.keys(value).join(', ')}`;
  return `the ${typeof value} ${String(value)}`;
}

const WORDS: Readonly<Record<string, string>> = { array: 'a list', object: 'keys', boolean: 'true or false' };

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return `expected ${WORDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}`;
    case 'invalid_union':
      return issue.path.at(-1) === 'type' ? `expected one of ${TYPES.join(', ')}` : issue.message;
    case 'too_small':
      return issue.origin === 'array' ? `expected at least ${issue.minimum} entry` : 'expected some text';
    default:
      return issue.message;
  }
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
