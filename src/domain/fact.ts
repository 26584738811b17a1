import { z } from 'zod';
import { stem } from '../text/stem.js';
import { tokens } from '../text/tokens.js';
import { attributeValueSchema } from './product.js';

/** A span of the product's own text; `start` and `end` count UTF-16 units, `quote` is that slice exactly. */
const spanEvidenceSchema = z.object({
  field: z.string(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  quote: z.string(),
});

/** The most similar labelled products, nearest first; `similarity` is a cosine. */
const neighboursEvidenceSchema = z.object({
  neighbours: z
    .array(z.object({ id: z.string(), similarity: z.number(), value: attributeValueSchema }))
    .min(1),
});

/** The rule of the taxonomy that implies the value, in words. */
const ruleEvidenceSchema = z.object({ rule: z.string() });

/** For a composed text: which part of the value comes from which field; `start` and `end` count UTF-16 units. */
const clausesEvidenceSchema = z.object({
  clauses: z
    .array(z.object({ start: z.number().int().min(0), end: z.number().int().min(0), field: z.string() }))
    .min(1),
});
/** The id of a person's decision in the store, and who decided. */
const decisionEvidenceSchema = z.object({ decision: z.number().int(), by: z.string() });

const evidenceSchema = z.union([
  spanEvidenceSchema,
  neighboursEvidenceSchema,
  ruleEvidenceSchema,
  clausesEvidenceSchema,
  decisionEvidenceSchema,
]);

const factStatuses = ['applied', 'suggested', 'rejected', 'superseded'] as const;
const factSources = ['merchant', 'reviewer', 'model'] as const;
const factMethods = [
  'classifier',
  'lookup',
  'measure',
  'tagger',
  'neighbours',
  'template',
  'reviewer',
] as const;

/**
 * One value of one field of one product, with its evidence. `confidence` is calibrated, 0 to 1; for a person's
 * decision it is 1.
 */
export const factSchema = z.object({
  field: z.string(),
  value: attributeValueSchema,
  /** The value as the merchant's column writes measures (`400g` for `0.4 kg`), if that differs. */
  written: attributeValueSchema.optional(),
  status: z.enum(factStatuses),
  confidence: z.number().min(0).max(1),
  source: z.enum(factSources),
  method: z.enum(factMethods),
  evidence: evidenceSchema,
});

export type SpanEvidence = z.infer<typeof spanEvidenceSchema>;
export type NeighboursEvidence = z.infer<typeof neighboursEvidenceSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type FactMethod = (typeof factMethods)[number];
export type Fact = z.infer<typeof factSchema>;

/** Whether the text states the value literally: its evidence is the value itself, in whatever case and number. */
export function statesItsValue({ evidence, value }: Pick<Fact, 'evidence' | 'value'>): boolean {
  return 'quote' in evidence && stems(evidence.quote) === stems(String(value));
}

function stems(text: string): string {
  return tokens(text)
    .map(({ folded }) => stem(folded))
    .join(' ');
}

/** Whether people see a fact of this status: applied and suggested ones, not rejected or superseded ones. */
export function isShown({ status }: Pick<Fact, 'status'>): boolean {
  return status === 'applied' || status === 'suggested';
}
