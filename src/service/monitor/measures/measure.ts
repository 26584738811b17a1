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

/** What learning anew mends, which a reindex does. */
const MENDED_BY_LEARNING: ReadonlySet<string> = new Set<MeasureName>([
  'drift',
  'strangers',
  'confidence_fall',
  'abstention_rise',
  'rejections',
]);

export const measureSchema = z.object({
  name: z.enum(measureNames),
  /** More is worse; null where it is not known. */
  value: z.number().nullable(),
  /** What it may not pass; null where nothing is asked of it. */
  threshold: z.number().nullable(),
  /** From how many products, decisions, searches or rows. */
  of: z.number().int(),
  /** Whether it is known, or there is too little to tell by, or what it is compared with is missing. */
  state: z.enum(['known', 'few', 'unknown']),
  /** What it means, or why it is not known: a sentence without product or query texts. */
  sentence: z.string(),
});
export type Measure = z.infer<typeof measureSchema>;

type Basis = Pick<Measure, 'name' | 'threshold'>;

export function known(basis: Basis, value: number, of: number, sentence: string): Measure {
  return { ...basis, value: Math.round(value * 1e4) / 1e4, of, state: 'known', sentence };
}

/** There is too little to tell by, which also ends an alert. */
export function few(basis: Basis, of: number, sentence: string): Measure {
  return { ...basis, value: null, of, state: 'few', sentence };
}

/** What it is compared with is missing, which leaves an alert as it stands. */
export function unknown(basis: Basis, sentence: string): Measure {
  return { ...basis, value: null, of: 0, state: 'unknown', sentence };
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** What is to be done where such an alert is raised; undefined where a reindex would not mend it. */
export function recommendationFor(name: string): string | undefined {
  return MENDED_BY_LEARNING.has(name)
    ? 'The enricher should learn anew from the catalog as it is now: run shelfwright reindex, or POST /v1/reindex.'
    : undefined;
}
