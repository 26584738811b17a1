import { z } from 'zod';

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

/** What the service takes at most: of one client, at once, in one request, and of this machine. */
export const limitsSchema = z.strictObject({
  requests_per_minute_per_key: count
    .default(30_000)
    .describe('Requests a minute that one API key may make; 0 for any number.'),
  requests_per_minute_per_address: count
    .default(1_200)
    .describe(
      'Requests a minute that one address may make without a valid key (the page, the docs, wrong keys); 0 for any number.',
    ),
  limit_without_keys: z
    .boolean()
    .default(false)
    .describe(
      'Whether addresses are limited also while no keys are set, when the service listens on loopback only.',
    ),
  searches_at_once: positive
    .default(32)
    .describe('Searches and other reads that are worked on at the same time; further ones wait.'),
  searches_waiting: count
    .default(256)
    .describe('Searches and other reads that may wait for their turn; further ones are refused with 503.'),
  writes_at_once: positive
    .default(16)
    .describe('Writes and enrichments that are worked on at the same time; further ones wait, unread.'),
  writes_waiting: count
    .default(64)
    .describe('Writes and enrichments that may wait for their turn; further ones are refused with 503.'),
  retry_after_seconds: positive
    .default(2)
    .describe('Seconds after which a client that was refused with 503 is told to come again.'),
  event_loop_delay_ms: count
    .default(2_000)
    .describe(
      'Milliseconds that the process may be late on average over two seconds before requests are refused with 503; 0 for any.',
    ),
  heap_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'Share of the memory that JavaScript may take at most (--max-old-space-size) from which requests are refused with 503; 0 for never.',
    ),
  memory_mb: count
    .default(0)
    .describe(
      'Megabytes of resident memory of the process from which requests are refused with 503; 0 for never.',
    ),
  body_mb: positive.max(64).default(1).describe('Megabytes of a JSON body, except where a route takes more.'),
  products_body_mb: positive
    .max(256)
    .default(32)
    .describe('Megabytes of a JSON body with products to write or enrich.'),
  stream_mb: positive
    .default(512)
    .describe('Megabytes of products as application/x-ndjson in one request, which are read as they arrive.'),
  stream_rows: positive.default(500_000).describe('Lines of application/x-ndjson in one request.'),
  body_idle_seconds: positive
    .default(30)
    .describe(
      'Seconds that a client may send nothing in the middle of a body before it is cut off with 408.',
    ),
  cors_origins: z
    .array(
      z
        .string()
        .regex(
          /^https?:\/\/[^\s/*?#]+$/,
          'expected an origin such as https://shop.example, without a path or a *',
        ),
    )
    .default([])
    .describe(
      'Origins such as https://shop.example whose pages may search from the browser; none unless listed.',
    ),
});

export type LimitsSettings = z.infer<typeof limitsSchema>;
