import { z } from 'zod';

/** What a generation must stand up to before it may serve, and a full import before it deletes. */
export const checksSchema = z.strictObject({
  max_without_vector: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('Share of the products with a title or brand that may lack a vector, from 0 to 1.'),
  max_shrink: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe(
      "Share of the serving generation's products that a new one may lack, and of the store's that a full import may delete, from 0 to 1; --allow-shrink lets more go.",
    ),
  min_probe_recall: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'Share of the ten nearest products by exact search that the graph must find, on the mean of 20 probe queries, from 0 to 1.',
    ),
});
export type ChecksSettings = z.infer<typeof checksSchema>;
