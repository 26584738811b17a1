import { z } from 'zod';

export const HOLDOUT_PROFILE_FORMAT = 1;

const cellsSchema = z.object({
  /** Cells that the merchant filled, and those of them that were given an answer when they were blank. */
  asked: z.number().int().min(0),
  answered: z.number().int().min(0),
  /** Mean confidence of the answers; 0 where there were none. */
  confidence: z.number().min(0).max(1),
});

/** How products come out that did not teach, when what the merchant filled is taken away. */
export const holdoutProfileSchema = z.object({
  format: z.literal(HOLDOUT_PROFILE_FORMAT),
  products: z.number().int().min(0),
  /** Of each product with a vector, its cosine with the nearest other one that taught: ascending. */
  nearest: z.array(z.number()),
  category: cellsSchema,
  attributes: cellsSchema,
});
export type HoldoutProfile = z.infer<typeof holdoutProfileSchema>;
export type HoldoutCells = z.infer<typeof cellsSchema>;
