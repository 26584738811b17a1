import { z } from 'zod';
import { explanationSchema } from './explain/explanation.js';

/** How a hit matched, strongest first. */
export const TIERS = ['exact', 'all', 'partial', 'semantic'] as const;
export type Tier = (typeof TIERS)[number];

const facetValueSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  count: z.number().int(),
});

const hitSchema = z.object({
  id: z.string(),
  score: z.number(),
  tier: z.enum(TIERS),
  product: z.looseObject({ id: z.string() }),
  explain: explanationSchema.optional(),
});

const readingSchema = z.object({
  /** The words: `query.slice(start, end)`, in UTF-16 units. */
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  /** As `filter` and `ignore` take it. */
  filter: z.string(),
  strict: z.boolean(),
});

export const searchAnswerSchema = z.object({
  query: z.string(),
  /** Products in the candidate set: what all pages together hold, and what facets count. */
  total: z.number().int(),
  page: z.number().int(),
  per_page: z.number().int(),
  hits: z.array(hitSchema),
  facets: z.record(z.string(), z.array(facetValueSchema)),
  understood: z.object({
    filters: z.array(z.string()),
    corrections: z.array(z.string()),
    synonyms: z.array(z.string()),
    /** What words of the query were read as; strict ones filter, others put what agrees first. */
    readings: z.array(readingSchema),
  }),
  mode: z.enum(['hybrid', 'lexical']),
  generation: z.string(),
  took_ms: z.number(),
  /** Milliseconds by part, with `explain`. */
  parts: z.record(z.string(), z.number()).optional(),
});

export type Hit = z.infer<typeof hitSchema>;
export type FacetValue = z.infer<typeof facetValueSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
