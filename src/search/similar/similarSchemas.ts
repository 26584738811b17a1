import { z } from 'zod';
import { productSchema } from '../../domain/product.js';

export const MAX_SIMILAR = 100;
const MAX_IDS = 100;

/** What is like these products. */
export const similarRequestSchema = z.strictObject({
  ids: z.array(z.string().min(1)).min(1).max(MAX_IDS),
  limit: z.number().int().min(1).max(MAX_SIMILAR).default(10),
  /** In the grammar of a search's filter. */
  filter: z.string().max(10_000).optional(),
  explain: z.boolean().default(false),
});
export type SimilarRequest = z.infer<typeof similarRequestSchema>;

/** How a product's category stands to those asked about, nearest first; see relateCategories. */
const relations = ['same', 'sibling', 'learned', 'unknown', 'other'] as const;
export type Relation = (typeof relations)[number];

const similarExplanationSchema = z.object({
  /** Whether vectors or words were compared. */
  by: z.enum(['meaning', 'words']),
  /** Cosine, or the share of what the words could score: 0 to 1. */
  similarity: z.number(),
  category: z.enum(relations),
  /** The score is the similarity times these. */
  factors: z.object({ category: z.number(), price: z.number() }),
});

export const similarHitSchema = z.object({
  id: z.string(),
  /** 0 to 1. */
  score: z.number(),
  product: productSchema,
  explain: similarExplanationSchema.optional(),
});
export type SimilarHit = z.infer<typeof similarHitSchema>;

export interface SimilarAnswer {
  /** Those ids that no product has; then there are no hits. */
  readonly unknown: readonly string[];
  /** Best first; equal scores in id order. */
  readonly hits: SimilarHit[];
}
