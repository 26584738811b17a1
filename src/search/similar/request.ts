import { z } from 'zod';

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
