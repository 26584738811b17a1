import { z } from 'zod';

export const measureNames = [
  'drift',
  'strangers',
  'confidence_fall',
  'abstention_rise',
  'rejections',
  'zero_hits',
  'delta',
  'generation_days',
  'import_days',
  'quarantined',
  'without_vector',
] as const;
export type MeasureName = (typeof measureNames)[number];

/** What learning again, as a reindex does, improves. */
const IMPROVED_BY_LEARNING: ReadonlySet<string> = new Set<MeasureName>([
  'drift',
  'strangers',
  'confidence_fall',
  'abstention_rise',
  'rejections',
]);

export const measureSchema = z.object({
  name: z.enum(measureNames),
  /** Higher is worse; null where it is not known. */
  value: z.number().nullable(),
  /** The highest value without an alert; null for none. */
  threshold: z.number().nullable(),
  /** Sample size: products, decisions, searches or rows. */
  of: z.number().int(),
  /** `few`: the sample is too small; `unknown`: what it is compared with is missing. */
  state: z.enum(['known', 'few', 'unknown']),
  /** What the value means, or why it is not known: one sentence without product or query texts. */
  sentence: z.string(),
});
export type Measure = z.infer<typeof measureSchema>;

type Basis = Pick<Measure, 'name' | 'threshold'>;

export function known(basis: Basis, value: number, of: number, sentence: string): Measure {
  return { ...basis, value: Math.round(value * 1e4) / 1e4, of, state: 'known', sentence };
}

/** The sample is too small, which also clears an alert. */
export function few(basis: Basis, of: number, sentence: string): Measure {
  return { ...basis, value: null, of, state: 'few', sentence };
}

/** What it is compared with is missing, which leaves an alert as it is. */
export function unknown(basis: Basis, sentence: string): Measure {
  return { ...basis, value: null, of: 0, state: 'unknown', sentence };
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** What to do about such an alert; undefined where a reindex would not help. */
export function recommendationFor(name: string): string | undefined {
  return IMPROVED_BY_LEARNING.has(name)
    ? 'The enricher should learn again from the current catalog: run shelfwright reindex, or POST /v1/reindex.'
    : undefined;
}
