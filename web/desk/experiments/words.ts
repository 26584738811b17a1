import type { Answer } from '../../shared/call.js';

export type Report = Answer<'/v1/experiments/{name}/report', 'get'>;
export type Stored = Answer<'/v1/experiments', 'get'>['experiments'][number];
export type Metric = Report['target'];

/** What is measured, in words, and as what kind of number. */
export const METRICS: Readonly<
  Record<Metric, { readonly title: string; readonly kind: 'share' | 'number' }>
> = {
  click_through_rate: { title: 'Searches with a click', kind: 'share' },
  add_to_cart_rate: { title: 'Searches that led to a cart', kind: 'share' },
  conversion_rate: { title: 'Shoppers who bought', kind: 'share' },
  revenue_per_search: { title: 'Revenue per search', kind: 'number' },
  average_order_value: { title: 'Average order value', kind: 'number' },
  empty_rate: { title: 'Searches without results', kind: 'share' },
  seconds_to_click: { title: 'Seconds to the first click', kind: 'number' },
  took_ms: { title: 'Milliseconds to answer', kind: 'number' },
};

export function isMetric(name: string): name is Metric {
  return name in METRICS;
}

export const OUTCOMES: Readonly<Record<Report['outcome'], string>> = {
  better: 'Better',
  worse: 'Worse',
  no_difference: 'No difference',
  too_early: 'Too early',
  broken: 'Broken',
  guardrail: 'Stopped by a guardrail',
};

export const SEGMENTS: Readonly<Record<Report['segments'][number]['kind'], string>> = {
  shopper: 'Shoppers',
  device: 'Device',
  category: 'Category',
};

export function shownValue(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined) return 'not known';
  if (METRICS[metric].kind === 'share') return `${round(value * 100)} %`;
  return round(value);
}

export function shownDifference(metric: Metric, value: number | null | undefined): string {
  const text = shownValue(metric, value);
  return typeof value === 'number' && value > 0 ? `+${text}` : text;
}

function round(value: number): string {
  return value.toLocaleString(undefined, { maximumSignificantDigits: 3 });
}
