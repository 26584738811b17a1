import { z } from 'zod';

/** How long work and writes are taken: what may wait, where imports may read, when the delta is folded in. */
export const jobsSchema = z.strictObject({
  most_queued: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(16)
    .describe('Jobs that may wait; one more is answered 503 with Retry-After.'),
  most_attempts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe(
      'How often a job is started whose process or service ended without a word before it is failed.',
    ),
  import_folder: z
    .string()
    .default('')
    .describe('Folder whose files POST /v1/import may name; empty: no file may be named.'),
  most_upload_mb: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('Largest file that may be uploaded to be imported, in megabytes of a million bytes.'),
  uploads_at_once: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('Uploads that are received at once; one more is answered 503 with Retry-After.'),
  writes_at_once: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('Batches of written products that are embedded at once; others wait their turn.'),
  delta_products: z
    .number()
    .int()
    .min(1)
    .default(5000)
    .describe('Products written since the last reindex beyond which a reindex is asked for by itself.'),
  delta_share: z
    .number()
    .min(0)
    .max(10)
    .default(0.2)
    .describe('The same as a share of the catalog; the larger of the two counts.'),
  delta_retry_minutes: z
    .number()
    .min(0)
    .default(60)
    .describe('Minutes after a reindex that came to nothing before one is asked for again.'),
  idempotency_hours: z
    .number()
    .min(0.001)
    .max(24 * 365)
    .default(24)
    .describe('Hours that the answer to a write with an Idempotency-Key is kept to be given again.'),
});
export type JobsSettings = z.infer<typeof jobsSchema>;
