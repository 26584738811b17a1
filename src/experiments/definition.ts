import { z } from 'zod';
import { searchVariantSchema } from '../search/searchVariant.js';

/** What an experiment can aim at, and how it is measured: what happened per chance that it had. */
export const METRICS = {
  click_through_rate: {
    of: 'searches with a click',
    label: 'searches with a click',
    unit: 'share',
    better: 'higher',
  },
  add_to_cart_rate: {
    of: 'searches with a cart',
    label: 'searches that led to a cart',
    unit: 'share',
    better: 'higher',
  },
  conversion_rate: { of: 'clients', label: 'shoppers who bought', unit: 'share', better: 'higher' },
  revenue_per_search: { of: 'searches', label: 'revenue per search', unit: 'number', better: 'higher' },
  average_order_value: { of: 'orders', label: 'average order value', unit: 'number', better: 'higher' },
  empty_rate: { of: 'searches', label: 'searches without results', unit: 'share', better: 'lower' },
  seconds_to_click: {
    of: 'clicked searches',
    label: 'seconds to the first click',
    unit: 'number',
    better: 'lower',
  },
  took_ms: { of: 'searches', label: 'milliseconds to answer', unit: 'number', better: 'lower' },
} as const;
export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = [
  'click_through_rate',
  'add_to_cart_rate',
  'conversion_rate',
  'revenue_per_search',
  'average_order_value',
  'empty_rate',
  'seconds_to_click',
  'took_ms',
] as const satisfies readonly MetricName[];

/** One value for each metric. */
export function perMetric<T>(of: (metric: MetricName) => T): Record<MetricName, T> {
  const [a, b, c, d, e, f, g, h] = METRIC_NAMES;
  return { [a]: of(a), [b]: of(b), [c]: of(c), [d]: of(d), [e]: of(e), [f]: of(f), [g]: of(g), [h]: of(h) };
}

const name = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, {
  error: 'expected lower-case letters, digits, - and _, at most 63',
});

const variantSchema = z.strictObject({
  name,
  search: searchVariantSchema
    .prefault({})
    .describe('How searches differ from the configuration that serves. Default: not at all.'),
});
export type Variant = z.infer<typeof variantSchema>;

const guardrailSchema = z.strictObject({
  metric: z.enum(METRIC_NAMES),
  max_worse: z
    .number()
    .positive()
    .max(10)
    .describe('By which share of the first variant it may be worse: 0.1 for 10 %.'),
});

export const experimentSchema = z
  .strictObject({
    name: name.describe('For example more-meaning.'),
    hypothesis: z.string().max(1000).default(''),
    mode: z
      .enum(['ab', 'interleaving'])
      .default('ab')
      .describe(
        '`ab`: each shopper gets one variant. `interleaving`: results mix the two variants, and clicks say which is better; needs far fewer shoppers, and says nothing about revenue.',
      ),
    share: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.2)
      .describe('Share of the shoppers who take part, all variants together.'),
    variants: z
      .array(variantSchema)
      .min(2)
      .max(4)
      .describe('The first one is what the others are compared with, usually what serves today.'),
    target: z.enum(METRIC_NAMES).default('click_through_rate'),
    guardrails: z
      .array(guardrailSchema)
      .max(METRIC_NAMES.length)
      .default([
        { metric: 'empty_rate', max_worse: 0.2 },
        { metric: 'took_ms', max_worse: 0.5 },
        { metric: 'revenue_per_search', max_worse: 0.1 },
      ]),
    planned_clients: z
      .int()
      .min(100)
      .max(100_000_000)
      .default(10_000)
      .describe('Number of shoppers at which the intervals are narrowest.'),
  })
  .refine(({ variants }) => new Set(variants.map((one) => one.name)).size === variants.length, {
    error: 'expected each variant with a name of its own',
    path: ['variants'],
  })
  .refine(({ mode, variants }) => mode === 'ab' || variants.length === 2, {
    error: 'expected two variants: interleaving mixes two results',
    path: ['variants'],
  })
  .refine(({ mode, target }) => mode === 'ab' || target === 'click_through_rate', {
    error: 'expected click_through_rate, or the mode ab: interleaving counts clicks only',
    path: ['target'],
  });
export type Experiment = z.infer<typeof experimentSchema>;

/** An experiment as it is stored. */
export interface StoredExperiment {
  readonly experiment: Experiment;
  /** In milliseconds since 1970. */
  readonly started: number;
  readonly stopped: number | null;
  /** How searches did in the four weeks before it; null without any. */
  readonly baseline?: BaselineFigures | null;
  /** Why it stopped by itself; null or absent if it did not. */
  readonly stopReason?: string | null;
}

export const baselineSchema = z
  .object({
    from: z.string().describe('ISO 8601; it ends where the experiment begins.'),
    clients: z.int(),
    searches: z.int(),
    metrics: z.record(z.enum(METRIC_NAMES), z.number().nullable()),
  })
  .describe('How searches of shoppers outside of experiments did in the four weeks before.');
export type BaselineFigures = z.infer<typeof baselineSchema>;
