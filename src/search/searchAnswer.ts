import { z } from 'zod';
import { explanationSchema } from './explain/explanation.js';

export const MAX_VARIANT_IDS = 100;

/** How a hit matched, strongest first. */
export const TIERS = ['exact', 'all', 'partial', 'semantic'] as const;
export type Tier = (typeof TIERS)[number];

const facetValueSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  count: z.number().int(),
});

const facetStatsSchema = z.object({
  min: z.number(),
  max: z.number(),
  /** Products with a number. */
  count: z.number().int(),
});

const facetRangeSchema = z.object({
  /** Included; absent for a range without a lower edge. */
  from: z.number().optional(),
  /** Not included; absent for a range without an upper edge. */
  to: z.number().optional(),
  count: z.number().int(),
});

const categoryNodeSchema = z.object({
  /** The path, as a filter takes it. */
  value: z.string(),
  /** The last level of the path. */
  name: z.string(),
  /** Products at this category and below it, each once. */
  count: z.number().int(),
  get children() {
    return z.array(categoryNodeSchema);
  },
});
// A description of it can refer to itself by this name only.
z.globalRegistry.add(categoryNodeSchema, { id: 'CategoryNode' });

const hitSchema = z.object({
  id: z.string(),
  score: z.number(),
  tier: z.enum(TIERS),
  product: z.looseObject({ id: z.string() }),
  explain: explanationSchema.optional(),
  /** With `group`: the candidates of the hit's group, itself included; at most MAX_VARIANT_IDS ids, in order. */
  variants: z.object({ count: z.number().int(), ids: z.array(z.string()) }).optional(),
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
  /** Products (groups, with `group`) in the candidate set: what all pages together hold, and what facets count. */
  total: z.number().int(),
  page: z.number().int(),
  per_page: z.number().int(),
  hits: z.array(hitSchema),
  facets: z.record(z.string(), z.array(facetValueSchema)),
  /** Of those facets that hold numbers. */
  facet_stats: z.record(z.string(), facetStatsSchema).optional(),
  facet_ranges: z.record(z.string(), z.array(facetRangeSchema)).optional(),
  category_tree: z.array(categoryNodeSchema).optional(),
  understood: z.object({
    filters: z.array(z.string()),
    corrections: z.array(z.string()),
    synonyms: z.array(z.string()),
    /** What words of the query were read as; strict ones filter, others put what agrees first. */
    readings: z.array(readingSchema),
    /** What was given up so that something is found, in sentences; empty for the strict answer. */
    relaxed: z.array(z.string()),
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
export type FacetStats = z.infer<typeof facetStatsSchema>;
export type FacetRange = z.infer<typeof facetRangeSchema>;
export type CategoryNode = z.infer<typeof categoryNodeSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
