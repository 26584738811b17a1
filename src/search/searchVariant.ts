import { z } from 'zod';
import { rankingSettings } from './rank/rankingSettings.js';

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
  ...rankingSettings,
  imported: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .describe(
      'The name of an imported ranking (shelfwright experiment import-ranking): its queries find its products in its order, and others are as it serves.',
    ),
  generation: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'The id of another generation, with the prices, stock and products of now. Made with the same model.',
    ),
});
export type SearchVariant = z.infer<typeof searchVariantSchema>;
