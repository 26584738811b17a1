import type { AlertState } from '../../store/alerts.js';
import { type Measure, recommendationFor } from './measures/measure.js';

export const ALERT_FORMAT = 1;

/** What is told of an alert, as a log line and by the webhook. Holds no product, query, key or address. */
export interface Alert {
  readonly format: typeof ALERT_FORMAT;
  readonly event: AlertState['state'];
  /** `drift`, `zero_hits`, ... */
  readonly alert: string;
  readonly value: number;
  readonly threshold: number;
  /** When it was raised or cleared, as ISO 8601 in UTC. */
  readonly at: string;
  readonly generation: string | null;
  /** What was found. */
  readonly sentence: string;
  /** What to do; null where that is for the operator to find out. */
  readonly recommendation: string | null;
}

export function alertOf(
  { name, state, value, threshold, since }: AlertState,
  measures: readonly Measure[],
  generation: string | null,
): Alert {
  const sentence = measures.find((measure) => measure.name === name)?.sentence ?? 'It is measured no more.';
  return {
    format: ALERT_FORMAT,
    event: state,
    alert: name,
    value,
    threshold,
    at: since,
    generation,
    sentence,
    recommendation: state === 'raised' ? (recommendationFor(name) ?? null) : null,
  };
}
