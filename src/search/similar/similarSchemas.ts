import { z } from 'zod';
import { productSchema } from '../../domain/product.js';

export const MAX_SIMILAR = 100;
const MAX_IDS = 100;

/** A request for products similar to the given ones. */
export const similarRequestSchema = z.strictObject({
  ids: z.array(z.string().min(1)).min(1).max(MAX_IDS),
  limit: z.number().int().min(1).max(MAX_SIMILAR).default(10),
  /** In the grammar of a search filter. */
  filter: z.string().max(10_000).optional(),
  explain: z.boolean().default(false),
});
export type SimilarRequest = z.infer<typeof similarRequestSchema>;

/** Relation of a product's category to the seeds, closest first; see relateCategories. */
const relations = ['same', 'sibling', 'learned', 'unknown', 'other'] as const;
export type Relation = (typeof relations)[number];

const similarExplanationSchema = z.object({
  /** Whether vectors or words were compared. */
  by: z.enum(['meaning', 'words']),
  /** Cosine, or the word score relative to its maximum: 0 to 1. */
  similarity: z.number(),
  category: z.enum(relations),
  /** Factors of the score, besides the similarity. */
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
  /** Ids that no product has; if there are any, there are no hits. */
  readonly unknown: readonly string[];
  /** Best first; equal scores in id order. */
  readonly hits: SimilarHit[];
}
