import { z } from 'zod';
import { searchAnswerSchema } from '../search/answer.js';
import { invalid } from './problem.js';
import { searchFromBody } from './searchParameters.js';

const rules = z
  .union([z.string(), z.looseObject({})], { error: 'expected rules as an object, or as a text of YAML' })
  .describe('Rules as an object, or as a text of YAML.');
const by = z.string().trim().min(1).max(200).describe('Who publishes, as the list of versions says it.');
const note = z.string().max(1000).optional();
const ifVersion = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('The version that these were made from: 409 where another one serves by now.');

export const lintBody = z.strictObject({ rules });
export const publishBody = z.strictObject({ rules, by, note, if_version: ifVersion });
export const rollBackBody = z.strictObject({
  to: z.number().int().min(0).describe('The version whose text is published again; 0 for no rules.'),
  by,
  note,
  if_version: ifVersion,
});
export const previewBody = z.strictObject({
  rules,
  search: searchFromBody,
  at: z.iso
    .datetime({ offset: true, error: 'expected a moment such as 2026-11-27T08:00:00Z' })
    .optional()
    .describe('The moment that the given rules are tried at; now unless said.'),
});

const finding = z.object({
  severity: z.enum(['error', 'warning']),
  kind: z.string(),
  where: z.string(),
  message: z.string(),
  line: z.number().int().optional().describe('From 1, of the text.'),
});
const findings = z.array(finding);

const version = {
  version: z.number().int().describe('0 where nothing was published yet.'),
  published_at: z.string().optional(),
  by: z.string().optional(),
  note: z.string(),
};

export const versionsAnswer = z.object({ versions: z.array(z.object(version)) });
export const versionAnswer = z.object({ ...version, text: z.string() });
export const rulesAnswer = z.object({
  ...version,
  text: z.string().describe('As it was published.'),
  findings: findings.describe('What is wrong with them beside the catalog as it is now.'),
});
export const lintAnswer = z.object({
  rules: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  findings,
});
const place = z.number().int().describe('From 1, over all pages.');
export const previewAnswer = z.object({
  findings,
  now: searchAnswerSchema,
  with_rules: searchAnswerSchema,
  changes: z.object({
    in: z.array(z.object({ id: z.string(), to: place })),
    out: z.array(z.object({ id: z.string(), from: place })),
    moved: z.array(z.object({ id: z.string(), from: place, to: place })),
  }),
});

/** Rules as the text that is kept. Lines that a finding names are lines of it. */
export function rulesText(given: z.output<typeof rules>): string {
  if (typeof given === 'string') return given;
  try {
    return `${JSON.stringify(given, null, 2)}\n`;
  } catch {
    // The only thing that JSON came as and cannot be written as is nesting beyond the stack.
    throw invalid([{ field: 'rules', reason: 'nested too deeply; rules need five levels' }]);
  }
}
