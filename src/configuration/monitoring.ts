import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const share = () => z.number().min(0).max(1);

/** Where alerts go: over TLS, or no farther than this machine. */
const webhookUrl = z
  .url({ error: 'expected an address such as https://alerts.example/shelfwright' })
  .refine(isSafe, { error: 'expected https, or http to this machine only' });

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** When the quality of a shop counts as fallen, how often that is looked at, and who is told. */
export const monitoringSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether quality is measured and alerts are raised.'),
  every_minutes: z
    .number()
    .min(1)
    .max(1440)
    .default(15)
    .describe('How often quality is measured, in minutes.'),
  webhook_url: webhookUrl
    .nullable()
    .default(null)
    .describe('Where alerts are posted as JSON: https, or http to this machine; null posts none.'),
  webhook_timeout_seconds: z
    .number()
    .min(1)
    .max(60)
    .default(5)
    .describe('How long the webhook may take to answer, in seconds.'),
  webhook_attempts: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('How often an alert is posted at most each time that quality is measured.'),
  sample_products: z
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(400)
    .describe('Products that are looked at, of those written since the enricher learned.'),
  least_products: z
    .number()
    .int()
    .min(10)
    .default(100)
    .describe('Fewer products than this say nothing of drift, confidence and abstention.'),
  most_drift: share()
    .default(0.24)
    .describe(
      'By which share the cosine of the median new product with its nearest learned one may lie below that of held-out ones.',
    ),
  most_strangers: share()
    .default(0.15)
    .describe('By how much the share of new products that are like nothing learned may rise.'),
  most_confidence_fall: share()
    .default(0.2)
    .describe('How far the mean confidence of answers for new products may fall.'),
  most_abstention_rise: share()
    .default(0.25)
    .describe('By how much the share of cells of new products that get no answer may rise.'),
  most_rejections: share()
    .default(0.5)
    .describe('Share of the recent decisions about a field that may turn the suggestion down.'),
  least_decisions: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Fewer decisions about a field than this say nothing.'),
  decisions_days: z.number().int().min(1).default(30).describe('How long a decision is recent, in days.'),
  most_zero_hits: share()
    .default(0.3)
    .describe('Share of the recent searches without a filter that may find nothing.'),
  least_searches: z.number().int().min(1).default(200).describe('Fewer searches than this say nothing.'),
  searches_days: z.number().int().min(1).default(7).describe('How long a search is recent, in days.'),
  most_delta: share()
    .default(0.5)
    .describe('Share of the catalog that may have been written since the serving generation was built.'),
  most_generation_days: z
    .number()
    .min(0)
    .default(30)
    .describe('How old a generation may be that lacks written products, in days; 0 asks nothing.'),
  most_import_days: z
    .number()
    .min(0)
    .default(0)
    .describe('How long ago the last import may be, in days; 0 asks nothing.'),
  most_quarantined: share()
    .default(0.1)
    .describe('Share of the rows of the last five imports that may go to quarantine.'),
  most_without_vector: share()
    .default(0.1)
    .describe('Share of the products that may lack a vector, and are so found by words only.'),
  clear_below: share()
    .default(0.9)
    .describe('Of its threshold, what a value must fall to before its alert is cleared.'),
});
export type MonitoringSettings = z.infer<typeof monitoringSchema>;
