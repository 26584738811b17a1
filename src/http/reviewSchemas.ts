import { z } from 'zod';
import { attributeValueSchema } from '../domain/product.js';
import { MAX_PER_PAGE } from '../service/review/requests.js';
import { wholeNumber } from './searchParameters.js';

const PER_PAGE = 20;

const confidence = z
  .string()
  .transform((text, context) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= 0 && value <= 1) return value;
    context.addIssue({
      code: 'custom',
      message: `expected a number from 0 to 1, found ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  })
  .meta({ type: 'number', minimum: 0, maximum: 1 });

export const paging = {
  page: wholeNumber().default(1).describe('From 1.'),
  per_page: wholeNumber(MAX_PER_PAGE)
    .default(PER_PAGE)
    .describe(`${PER_PAGE} unless said, at most ${MAX_PER_PAGE}.`),
};

export const narrowing = {
  category: z
    .string()
    .optional()
    .describe('A category path: of products in it or below it; where that is suggested itself, by it.'),
  min_confidence: confidence.optional(),
  max_confidence: confidence.optional(),
};

const suggestedProduct = z.object({
  id: z.string(),
  title: z.string(),
  confidence: z.number(),
  quoted: z
    .object({ field: z.string(), before: z.string(), quote: z.string(), after: z.string() })
    .optional()
    .describe('The words that say it, with what stands around them.'),
  neighbours: z
    .array(
      z.object({ id: z.string(), title: z.string(), value: attributeValueSchema, similarity: z.number() }),
    )
    .optional()
    .describe('The labelled products that it most resembles.'),
});

const group = {
  group: z.string().describe('The same for the same field, value and reason, in every run.'),
  field: z.string(),
  value: attributeValueSchema,
  reason: z.object({
    method: z.string(),
    field: z.string().optional(),
    text: z.string().optional(),
    rule: z.string().optional(),
    says: z.string().describe('The reason as a clause.'),
  }),
  count: z.number().int(),
  confidence: z.object({ min: z.number(), max: z.number(), mean: z.number() }),
  state: z
    .string()
    .describe('Give it back as shown: if other products are in the group by then, nothing is decided.'),
};

const pageAnswer = { page: z.number().int(), per_page: z.number().int() };

export const suggestionsAnswer = z.object({
  total: z.number().int().describe('Groups over all pages.'),
  suggestions: z.number().int().describe('Suggestions in all of them.'),
  ...pageAnswer,
  groups: z.array(
    z.object({
      ...group,
      worth: z
        .number()
        .describe('The list is in falling order of it: suggestions likely right, a category as three.'),
      examples: z.array(suggestedProduct),
    }),
  ),
});

export const membersAnswer = z.object({ ...group, ...pageAnswer, products: z.array(suggestedProduct) });

const decision = {
  decision: z.number().int(),
  at: z.string(),
  by: z.string(),
  action: z.enum(['accept', 'reject', 'correct', 'undo']),
  field: z.string(),
  value: attributeValueSchema,
  corrected: attributeValueSchema.optional(),
  undoes: z.number().int().optional(),
  undone_by: z.number().int().optional(),
  group: z.string().optional(),
  state: z.string().optional(),
  settled: z.number().int(),
  shown: z.unknown().describe('What the person had before them.'),
};

export const decisionsAnswer = z.object({
  total: z.number().int(),
  ...pageAnswer,
  decisions: z.array(z.object(decision)),
});

export const decisionAnswer = z.object({
  ...decision,
  ...pageAnswer,
  products: z.array(
    z.object({
      id: z.string(),
      before: z
        .array(z.unknown())
        .describe('The facts of the field before the decision, the one decided about first.'),
    }),
  ),
});
