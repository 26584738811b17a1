import type { z } from 'zod';

/** Longer strings are cut in error messages. */
const MAX_SHOWN = 60;

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
  int: 'a whole number',
};

/** A value in a few words, to stand after "found": `"red"`, `3`, `null`, `a list of 2`, `an object with id, name`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ')}`;
  }
  if (typeof value !== 'string') return String(value);
  if (value.length <= MAX_SHOWN) return JSON.stringify(value);
  return `${JSON.stringify(`${value.slice(0, MAX_SHOWN)}…`)} of ${value.length} characters`;
}

/** What a schema expects where it raised an issue: `expected a whole number`, `expected at most 250`. */
export function expectationOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${issue.values.map(describeValue).join(' or ')}`;
    case 'too_small':
      if (issue.origin === 'array' && issue.minimum === 1) return 'expected at least one entry';
      if (issue.origin === 'string' && issue.minimum === 1) return 'expected some text';
      return `expected ${issue.inclusive === false ? 'a number above' : 'at least'} ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'a number below' : 'at most'} ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    default:
      return issue.message ?? 'expected another value';
  }
}

function unitOf(origin: string, count: number | bigint): string {
  const one = Number(count) === 1;
  if (origin === 'string') return one ? ' character' : ' characters';
  if (origin === 'array') return one ? ' entry' : ' entries';
  return '';
}
