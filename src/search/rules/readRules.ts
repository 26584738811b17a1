import type { z } from 'zod';
import { describeValue, expectationOf } from '../../domain/describeIssue.js';
import { readYaml } from '../../domain/readYaml.js';
import { nearestNames } from '../../text/nearestName.js';
import { type Found, type Path, valueAt } from './ruleFinding.js';
import { RULES_FORMAT, type Rules, rulesSchema } from './ruleSchema.js';

/** The parsed rules, or why they could not be parsed. */
export interface ReadRules {
  /** Undefined if a finding prevents reading. */
  readonly rules: Rules | undefined;
  /** The text as parsed. */
  readonly raw: unknown;
  readonly findings: readonly Found[];
}

/** So many are enough to correct a text before it is checked again, and each costs time. */
const MAX_FINDINGS = 200;

/** Known keys by path, without ids and list positions. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['format', 'rules', 'synonyms'],
  rules: ['id', 'note', 'when', 'then'],
  'rules.when': ['query', 'category', 'from', 'until'],
  'rules.when.query': ['is', 'contains'],
  'rules.then': [
    'pin',
    'hide',
    'boost',
    'bury',
    'redirect',
    'filter',
    'in_stock_first',
    'new_first',
    'by_field',
  ],
  'rules.then.pin': ['id', 'position'],
  'rules.then.boost': ['filter', 'by'],
  'rules.then.bury': ['filter', 'by'],
  'rules.then.new_first': ['field', 'days'],
  'rules.then.by_field': ['field', 'weight'],
};

/** Reads YAML (or JSON) and checks its shape; `lintRules` checks its content. Never throws. */
export function readRules(text: string): ReadRules {
  const read = readYaml(text);
  if ('message' in read) return unreadable(undefined, 'unreadable', [], read.message, { line: read.line });
  const { raw } = read;
  const format = valueAt(raw, ['format']);
  if (format !== undefined && format !== RULES_FORMAT) {
    return unreadable(
      raw,
      'format',
      ['format'],
      `found format ${JSON.stringify(format)}, and this Shelfwright reads format ${RULES_FORMAT}: update Shelfwright, or write the rules in format ${RULES_FORMAT}`,
    );
  }
  const parsed = rulesSchema.safeParse(raw);
  if (parsed.success) return { rules: parsed.data, raw, findings: [] };
  const findings: Found[] = [];
  for (const issue of parsed.error.issues) {
    if (findings.length >= MAX_FINDINGS) break;
    findings.push(...foundBy(raw, issue));
  }
  return { rules: undefined, raw, findings: findings.filter((one) => !isMisspeltKey(one, findings)) };
}

function unreadable(
  raw: unknown,
  kind: string,
  path: readonly string[],
  message: string,
  line: { line?: number } = { line: 1 },
): ReadRules {
  const place = path.length === 0 ? line : {};
  return { rules: undefined, raw, findings: [{ severity: 'error', kind, path, message, ...place }] };
}

/** A misspelt key is one mistake: it is not also reported as missing. */
function isMisspeltKey({ kind, path }: Found, findings: readonly Found[]): boolean {
  if (kind !== 'missing-key') return false;
  const siblings = findings.filter((other) => other.kind === 'unknown-key' && sameParent(other.path, path));
  return siblings.some((other) => nearestKey(other.path) === path.at(-1));
}

function sameParent(one: Path, other: Path): boolean {
  return one.length === other.length && one.slice(0, -1).every((step, depth) => step === other[depth]);
}

function knownAt(path: Path): readonly string[] {
  return KEYS[path.filter((step) => typeof step === 'string').join('.')] ?? [];
}

function nearestKey(path: Path): string | undefined {
  return nearestNames(String(path.at(-1)), knownAt(path.slice(0, -1)), 1)[0];
}

function foundBy(raw: unknown, issue: z.core.$ZodIssue): Found[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_FINDINGS).map((key) => ({
      severity: 'error',
      kind: 'unknown-key',
      path: [...path, key],
      message: `this key is unknown here; the nearest is ${nearestKey([...path, key])}, known are ${knownAt(path).join(', ')}`,
    }));
  }
  const value = valueAt(raw, path);
  const expected = expectation(issue);
  if (value === undefined && issue.code === 'invalid_type')
    return [{ severity: 'error', kind: 'missing-key', path, message: `is missing: ${expected}` }];
  const quotes = typeof value === 'number' && expected.endsWith('a string') ? '; put it in quotes' : '';
  const message = expected.includes('found')
    ? expected
    : `${expected}, found ${describeValue(value)}${quotes}`;
  return [{ severity: 'error', kind: 'wrong-value', path, message }];
}

function expectation(issue: z.core.$ZodIssue): string {
  // A schema with its own sentence keeps it.
  return issue.message.startsWith('expected') ? issue.message : expectationOf(issue);
}
