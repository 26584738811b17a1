import { z } from 'zod';

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

/** What the service accepts at most: from one client, at the same time, in one request, and of this machine. */
export const limitsSchema = z.strictObject({
  max_requests_per_minute_per_key: count
    .default(30_000)
    .describe('Requests per minute for one API key; 0 sets no limit.'),
  max_requests_per_minute_per_address: count
    .default(1_200)
    .describe(
      'Requests per minute for one address without a valid key (the page, the docs, wrong keys); 0 sets no limit.',
    ),
  limit_without_keys: z
    .boolean()
    .default(false)
    .describe(
      'Whether addresses are also limited while no keys are set, when the service listens on loopback only.',
    ),
  max_connections: positive
    .default(2_000)
    .describe('Open connections; further ones are closed at once, before any key is read.'),
  max_concurrent_searches: positive
    .default(32)
    .describe(
      'Searches and other reads that run at the same time; further ones wait. One that is expensive by its parameters counts for up to eight, and cheap ones pass it.',
    ),
  max_search_threads: count
    .max(63)
    .default(8)
    .describe(
      'Threads that answer searches of catalogs of at least 20,000 products, at most one per core; with 0, or on a single core, the thread that serves HTTP answers them.',
    ),
  max_waiting_searches: count
    .default(256)
    .describe('Searches and other reads that may wait; further ones are answered 503.'),
  max_concurrent_writes: positive
    .default(16)
    .describe('Writes and enrichments that run at the same time; further ones wait, unread.'),
  max_waiting_writes: count
    .default(64)
    .describe('Writes and enrichments that may wait; further ones are answered 503.'),
  retry_after_seconds: positive.default(2).describe('Retry-After of an answer 503, in seconds.'),
  max_event_loop_delay_ms: count
    .default(2_000)
    .describe(
      'Mean delay of the event loop over two seconds, in milliseconds, above which requests are answered 503; 0 sets no limit.',
    ),
  max_heap_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'Share of the JavaScript heap limit (--max-old-space-size) above which requests are answered 503; 0 sets no limit.',
    ),
  max_memory_mb: count
    .default(0)
    .describe(
      'Resident memory of the process, in megabytes, above which requests are answered 503; 0 sets no limit.',
    ),
  max_body_mb: positive
    .max(64)
    .default(1)
    .describe('Largest JSON body in megabytes, except where a route accepts more.'),
  max_products_body_mb: positive
    .max(256)
    .default(32)
    .describe('Largest JSON body with products to write or enrich, in megabytes.'),
  max_stream_mb: positive
    .default(512)
    .describe(
      'Largest application/x-ndjson request in megabytes; its products are processed as they arrive.',
    ),
  max_stream_rows: positive
    .default(100_000)
    .describe('Most products in one request, as lines of application/x-ndjson or as a JSON list.'),
  max_searches_per_request: positive
    .max(1_000)
    .default(50)
    .describe('Most searches in one request, of POST /v1/multi-search and of the clients of Algolia.'),
  max_job_followers: positive
    .default(50)
    .describe('Clients that follow jobs with GET /v1/jobs/:id/events; further ones are answered 503.'),
  max_body_idle_seconds: positive
    .default(30)
    .describe('Seconds without data in the middle of a body before the request is ended with 408.'),
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
      'Origins such as https://shop.example whose pages may search from the browser; empty allows none.',
    ),
});

export type LimitsSettings = z.infer<typeof limitsSchema>;
