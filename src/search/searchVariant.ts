import { z } from 'zod';
import { WEIGHTS, weightsFileSchema } from './rank/rankingWeights.js';

/** How a search differs from the one that serves, to compare the two. */
export const searchVariantSchema = z.strictObject({
  meaning: z.boolean().default(true).describe('Whether to search by meaning too; false: by words only.'),
  facts: z
    .boolean()
    .default(true)
    .describe('Whether filled values count; false: as if nothing had been enriched.'),
  rules: z.boolean().default(true).describe('Whether the merchandising rules and their synonyms apply.'),
  understand: z
    .boolean()
    .default(true)
    .describe('Whether prices, negations and names of values in the query become filters.'),
  correct: z.boolean().default(true).describe('Whether to correct the spelling of the query.'),
  weights: weightsFileSchema.shape.weights
    .default(WEIGHTS)
    .describe('Weights of the features of the ranking; features without one have their default.'),
});
export type SearchVariant = z.infer<typeof searchVariantSchema>;

/** A variant to compare, which may search another index than the one that serves. */
export const comparedVariantSchema = searchVariantSchema.extend({
  generation: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Id of a generation to search, as it was built; default: the one that serves.'),
});
export type ComparedVariant = z.infer<typeof comparedVariantSchema>;
