import { z } from 'zod';

/** What a reindex may be asked for over HTTP. */
export const reindexRequestSchema = z.strictObject({
  enrich: z.boolean().default(true).describe('Whether blanks are filled first.'),
  allow_shrink: z
    .boolean()
    .default(false)
    .describe('Whether to switch even to a generation much smaller than the one that serves.'),
});
