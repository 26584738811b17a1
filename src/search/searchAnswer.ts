import { z } from 'zod';
import { productSchema } from '../domain/product.js';
import { explanationSchema } from './explain/explanation.js';
import type { HitMatches } from './present/findMatches.js';

export const MAX_VARIANT_IDS = 100;

/** How a hit matched, strongest first. */
export const TIERS = ['exact', 'all', 'partial', 'semantic'] as const;
export type Tier = (typeof TIERS)[number];

const facetValueSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  count: z.number().int(),
});

/** A number in the unit most used in the field, or a date in ISO 8601. */
const orderedSchema = z.union([z.number(), z.string()]);

const facetStatsSchema = z.object({
  min: orderedSchema,
  max: orderedSchema,
  /** Number of products with a number or a date. */
  count: z.number().int(),
});

const facetRangeSchema = z.object({
  /** Inclusive; absent for a range without a lower edge. */
  from: orderedSchema.optional(),
  /** Exclusive; absent for a range without an upper edge. */
  to: orderedSchema.optional(),
  count: z.number().int(),
});

const categoryNodeSchema = z.object({
  /** The path, as a filter accepts it. */
  value: z.string(),
  /** The last level of the path. */
  name: z.string(),
  /** Number of products in this category or below it. */
  count: z.number().int(),
  get children() {
    return z.array(categoryNodeSchema);
  },
});
// The generated schema can refer to itself only by this name.
z.globalRegistry.add(categoryNodeSchema, { id: 'CategoryNode' });

export const hitSchema = z.object({
  id: z.string(),
  score: z.number(),
  tier: z.enum(TIERS),
  product: productSchema,
  /**
   * The fields with matched words in `<em>`, as HTML: title, brand, category, description and `attributes.<name>`; a list
   * for a list. Long texts are snippets, with an ellipsis where they are cut. Absent if no word matches.
   */
  _highlight: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  explain: explanationSchema.optional(),
  /**
   * With `group`: the candidates of the hit's group, itself included; at most MAX_VARIANT_IDS ids, in order.
   */
  variants: z.object({ count: z.number().int(), ids: z.array(z.string()) }).optional(),
});

const readingSchema = z.object({
  /** The words: `query.slice(start, end)`, in UTF-16 units. */
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  /** As `filter` and `ignore` accept it. */
  filter: z.string(),
  strict: z.boolean(),
});

export const searchAnswerSchema = z.object({
  query: z.string(),
  /**
   * Number of products (with `group`, of groups) in the candidate set: all pages together, and what facets
   * count.
   */
  total: z.number().int(),
  page: z.number().int(),
  per_page: z.number().int(),
  hits: z.array(hitSchema),
  /**
   * If nothing was found: up to 5 products that resemble the query. They pass the filters, and neither `total` nor facets
   * count them.
   */
  close_products: z.array(hitSchema).optional(),
  facets: z.record(z.string(), z.array(facetValueSchema)),
  /** For the facets that hold numbers or dates. */
  facet_stats: z.record(z.string(), facetStatsSchema).optional(),
  facet_ranges: z.record(z.string(), z.array(facetRangeSchema)).optional(),
  category_tree: z.array(categoryNodeSchema).optional(),
  understood: z.object({
    filters: z.array(z.string()),
    corrections: z.array(z.string()),
    synonyms: z.array(z.string()),
    /** Interpretations of words in the query. Strict ones filter; the others boost matching products. */
    readings: z.array(readingSchema),
    /** One sentence per relaxation that was needed to find anything; empty if none was. */
    relaxed: z.array(z.string()),
  }),
  /** Ids of the merchandising rules that applied, if any. */
  rules: z.array(z.string()).optional(),
  /** Where a rule redirects the shopper; the hits are included anyway. */
  redirect: z.string().optional(),
  mode: z.enum(['hybrid', 'lexical']),
  /** Why the answer may lack products: one sentence each; absent if it lacks none. */
  degraded: z.array(z.string()).optional(),
  generation: z.string(),
  took_ms: z.number(),
  /** Milliseconds per step, with `explain`. */
  parts: z.record(z.string(), z.number()).optional(),
});

/** `matches` only if the request says so; no route answers them as they are. */
export type Hit = z.infer<typeof hitSchema> & { readonly matches?: HitMatches };
export type FacetValue = z.infer<typeof facetValueSchema>;
export type FacetStats = z.infer<typeof facetStatsSchema>;
export type FacetRange = z.infer<typeof facetRangeSchema>;
export type CategoryNode = z.infer<typeof categoryNodeSchema>;
export type SearchAnswer = Omit<z.infer<typeof searchAnswerSchema>, 'hits'> & { hits: Hit[] };
