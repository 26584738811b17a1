import { z } from 'zod';

/** How a hit matched, strongest first. */
const tiers = ['exact', 'all', 'partial', 'semantic'] as const;
export type Tier = (typeof tiers)[number];

const facetValueSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  count: z.number().int(),
});

const explanationSchema = z.object({
  /** Query terms found in the product, as they were indexed. */
  matched: z.array(z.string()),
  /** Named shares that add up to the hit's score. */
  shares: z.record(z.string(), z.number()),
  /** Ids of the merchandising rules that pinned, moved or scored it. */
  rules: z.array(z.string()).optional(),
});

const hitSchema = z.object({
  id: z.string(),
  score: z.number(),
  tier: z.enum(tiers),
  product: z.looseObject({ id: z.string() }),
  explain: explanationSchema.optional(),
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
  }),
  /** Ids of the merchandising rules that applied, where any did. */
  rules: z.array(z.string()).optional(),
  /** Where a rule sends the shopper; the hits are there all the same. */
  redirect: z.string().optional(),
  mode: z.enum(['hybrid', 'lexical']),
  generation: z.string(),
  took_ms: z.number(),
  /** Milliseconds by part, with `explain`. */
  parts: z.record(z.string(), z.number()).optional(),
});

export type Hit = z.infer<typeof hitSchema>;
export type FacetValue = z.infer<typeof facetValueSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
