import { z } from 'zod';

/** The checks of a generation before it serves, and of a full import before it deletes. */
export const checksSchema = z.strictObject({
  max_without_vector: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('Maximum share of products with a title or brand that have no vector, from 0 to 1.'),
  max_shrink: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe(
      "Maximum share of the serving generation's products that a new one may lack, and of the store's that a full import may delete, from 0 to 1; --allow-shrink allows more.",
    ),
  max_cleared: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe(
      "Maximum share of a field's values that the blank cells of an import may clear, from 0 to 1; --allow-clear allows more.",
    ),
  min_cleared: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Number of values of a field from which `max_cleared` counts; fewer may always be cleared.'),
  max_unapplied: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe(
      "Maximum share of a field's applied values that a reindex may turn back into suggestions, from 0 to 1; --allow-unapply allows more.",
    ),
  min_unapplied: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Number of values of a field from which `max_unapplied` counts; fewer may always change.'),
  min_probe_recall: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'Minimum recall of the HNSW graph against exact search at ten neighbours, averaged over 20 probe queries, from 0 to 1.',
    ),
});
export type ChecksSettings = z.infer<typeof checksSchema>;
