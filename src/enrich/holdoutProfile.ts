import { z } from 'zod';

export const HOLDOUT_PROFILE_FORMAT = 1;

const cellsSchema = z.object({
  /** Cells that the merchant filled and that were masked, and how many of them got an answer. */
  asked: z.number().int().min(0),
  answered: z.number().int().min(0),
  /** Mean confidence of the answers; 0 without answers. */
  confidence: z.number().min(0).max(1),
});

/** How the enricher answers for products it did not learn from, with their filled cells masked. */
export const holdoutProfileSchema = z.object({
  format: z.literal(HOLDOUT_PROFILE_FORMAT),
  products: z.number().int().min(0),
  /** For each product with a vector, its cosine with the nearest training product; ascending. */
  nearest: z.array(z.number()),
  category: cellsSchema,
  attributes: cellsSchema,
});
export type HoldoutProfile = z.infer<typeof holdoutProfileSchema>;
export type HoldoutCells = z.infer<typeof cellsSchema>;
