import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const share = () => z.number().min(0).max(1);

/** The webhook for alerts: https, or http to this machine only. */
const webhookUrl = z
  .url({ error: 'expected an address such as https://alerts.example/shelfwright' })
  .refine(isSafe, { error: 'expected https, or http to this machine only' });

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** When quality counts as degraded, how often it is measured, and where alerts go. */
export const monitoringSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether quality is measured and alerts are raised.'),
  every_minutes: z
    .number()
    .min(1)
    .max(1440)
    .default(15)
    .describe('Minutes between two measurements of quality.'),
  webhook_url: webhookUrl
    .nullable()
    .default(null)
    .describe('URL that alerts are posted to as JSON: https, or http to this machine; null posts none.'),
  webhook_timeout_seconds: z
    .number()
    .min(1)
    .max(60)
    .default(5)
    .describe('Seconds that the webhook may take to answer.'),
  max_webhook_attempts: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Most attempts to post an alert each time quality is measured.'),
  sample_products: z
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(400)
    .describe('Sample size: how many of the products written since the enricher was trained are measured.'),
  min_products: z
    .number()
    .int()
    .min(10)
    .default(100)
    .describe('Fewest products for a measurement of drift, confidence and abstention.'),
  max_drift: share()
    .default(0.24)
    .describe(
      'Maximum relative drop of the median nearest-neighbour cosine of new products against the hold-out.',
    ),
  max_out_of_distribution: share()
    .default(0.15)
    .describe('Maximum rise of the share of new products that resemble no training product.'),
  max_confidence_fall: share().default(0.2).describe('Maximum drop of the mean confidence for new products.'),
  max_abstention_rise: share()
    .default(0.25)
    .describe('Maximum rise of the share of fields of new products that get no value.'),
  max_rejections: share()
    .default(0.5)
    .describe('Maximum share of recent decisions about a field that reject the suggestion.'),
  min_decisions: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Fewest decisions about a field for a measurement.'),
  decisions_days: z.number().int().min(1).default(30).describe('Days that a decision counts as recent.'),
  max_zero_hits: share()
    .default(0.3)
    .describe('Maximum share of recent searches without a filter that find nothing.'),
  min_searches: z.number().int().min(1).default(200).describe('Fewest searches for a measurement.'),
  searches_days: z.number().int().min(1).default(7).describe('Days that a search counts as recent.'),
  max_delta: share()
    .default(0.5)
    .describe('Maximum share of the catalog written since the serving generation was built.'),
  max_generation_days: z
    .number()
    .min(0)
    .default(30)
    .describe('Maximum age in days of a generation that lacks written products; 0 sets no limit.'),
  max_import_days: z
    .number()
    .min(0)
    .default(0)
    .describe('Maximum age of the last import in days; 0 sets no limit.'),
  max_quarantined: share()
    .default(0.1)
    .describe('Maximum share of the rows of the last five imports in quarantine.'),
  max_without_vector: share()
    .default(0.1)
    .describe('Maximum share of products without a vector, which only a search by words finds.'),
  clear_below: share()
    .default(0.9)
    .describe('Share of its threshold that a value must fall below before its alert is cleared.'),
});
export type MonitoringSettings = z.infer<typeof monitoringSchema>;
