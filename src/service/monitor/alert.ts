import type { AlertState } from '../../store/alerts.js';
import { type Measure, recommendationFor } from './measures/measure.js';

export const ALERT_FORMAT = 1;

/** An alert as the log and the webhook show it. It contains no product, query, key or address. */
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
  /** What was measured. */
  readonly sentence: string;
  /** What to do; null where only the operator can tell. */
  readonly recommendation: string | null;
}

export function alertOf(
  { name, state, value, threshold, since }: AlertState,
  measures: readonly Measure[],
  generation: string | null,
): Alert {
  const sentence = measures.find((measure) => measure.name === name)?.sentence ?? 'It is no longer measured.';
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
