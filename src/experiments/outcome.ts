import type { MetricName } from './definition.js';

export type Outcome = 'better' | 'worse' | 'no_difference' | 'too_early' | 'broken' | 'guardrail';

/** An estimate with an interval that holds at all times together; null where there is nothing to say. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface VariantReport {
  readonly name: string;
  readonly clients: number;
  readonly searches: number;
  readonly metrics: Readonly<Record<MetricName, number | null>>;
  /** Each metric less that of the first variant; nothing for the first. */
  readonly differences: Readonly<Record<MetricName, Estimate>> | undefined;
  readonly outcome: Outcome | undefined;
  /** The metrics whose guardrails it surely breaks. */
  readonly broken_guardrails: readonly MetricName[];
}
