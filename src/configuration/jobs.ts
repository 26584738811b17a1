import { z } from 'zod';

/** The job queue, uploads, the embedding of writes, and when a reindex starts by itself. */
export const jobsSchema = z.strictObject({
  max_queued: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(16)
    .describe('Jobs that may wait; one more is answered 503 with Retry-After.'),
  max_attempts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe(
      'How often a job starts whose process or service ended unexpectedly, before it counts as failed.',
    ),
  import_folder: z
    .string()
    .default('')
    .describe('Folder whose files POST /v1/import may name; empty: no file may be named.'),
  max_upload_mb: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('Largest file that may be uploaded for import, in megabytes of a million bytes.'),
  max_concurrent_uploads: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('Uploads that are received at the same time; one more is answered 503 with Retry-After.'),
  max_concurrent_embeddings: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('Batches of written products that are embedded at the same time; further ones wait.'),
  max_delta_products: z
    .number()
    .int()
    .min(1)
    .default(5000)
    .describe('Products written since the last reindex above which a reindex starts by itself.'),
  max_delta_share: z
    .number()
    .min(0)
    .max(10)
    .default(0.2)
    .describe('The same as a share of the catalog; the larger of the two counts.'),
  delta_retry_minutes: z
    .number()
    .min(0)
    .default(60)
    .describe('Minutes between a failed reindex and the next one that starts by itself.'),
  idempotency_hours: z
    .number()
    .min(0.001)
    .max(24 * 365)
    .default(24)
    .describe('Hours that the answer to a write with an Idempotency-Key is kept and repeated.'),
});
export type JobsSettings = z.infer<typeof jobsSchema>;
