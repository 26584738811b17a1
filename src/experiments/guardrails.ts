import { shareSequence } from '../statistics/confidenceSequence.js';
import { type Experiment, METRICS, type MetricName } from './definition.js';
import type { VariantSums } from './measure.js';
import type { Estimate } from './outcome.js';

/** The metrics whose guardrails a variant surely breaks, by intervals that hold at all times. */
export function brokenGuardrails(
  { guardrails }: Pick<Experiment, 'guardrails'>,
  first: VariantSums,
  variant: VariantSums,
  {
    differences,
    alpha,
  }: { readonly differences: Readonly<Record<MetricName, Estimate>>; readonly alpha: number },
): MetricName[] {
  return guardrails.flatMap(({ metric, max_worse }) => {
    const allowed = max_worse * Math.abs(first.metrics[metric].value);
    const { low, high } = differences[metric];
    const { better, unit } = METRICS[metric];
    const surely = better === 'lower' ? low : high === null ? null : -high;
    const isWorse =
      surely === null
        ? unit === 'share' &&
          better === 'lower' &&
          isSurelyMoreFrequent(first, variant, { metric, max_worse, alpha })
        : surely > allowed;
    return isWorse ? [metric] : [];
  });
}

/**
 * Where one group has too few events for an interval of the difference, as with a group that always finds something: of the
 * clients with any event, at most the share (1 + w) / (2 + w) is in the variant if it has at most 1 + w times as many.
 */
function isSurelyMoreFrequent(
  first: VariantSums,
  variant: VariantSums,
  {
    metric,
    max_worse,
    alpha,
  }: { readonly metric: MetricName; readonly max_worse: number; readonly alpha: number },
): boolean {
  const own = variant.metrics[metric].sums().nonZero;
  const all = own + first.metrics[metric].sums().nonZero;
  return all > 0 && shareSequence(own, all, alpha).low > (1 + max_worse) / (2 + max_worse);
}
