import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { HoldoutProfile } from '../../../enrich/holdoutProfile.js';
import { few, known, type Measure, percent } from './measure.js';

/** Below this cosine two titles share a department at most, not a kind of product. */
const SIMILAR = 0.5;

/**
 * Relative drop of the median new product's cosine with the nearest learned product, against held-out products of the
 * learned catalog. It is relative because catalogs differ in how similar their products are. New arrivals of the same
 * shop have fewer near duplicates than its stock, so some drop is normal (.05 to .21 measured); other kinds of products
 * bring .27 and more (bench `drift`).
 */
export function measureDrift(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  { max_drift, min_products }: MonitoringSettings,
): Measure {
  const basis = { name: 'drift', threshold: max_drift } as const;
  const of = found.nearest.length;
  if (of < min_products || expected.nearest.length === 0) return few(basis, of, tooFew(of));
  const [was, is] = [median(expected.nearest), median(found.nearest)];
  return known(
    basis,
    was <= 0 ? 0 : Math.max(0, 1 - is / was),
    of,
    `The nearest learned product is at cosine .${hundredths(is)} from the median new one; from a held-out one it was at .${hundredths(was)}.`,
  );
}

/** How much larger the share of products unlike any learned one is among new products. */
export function measureOutOfDistribution(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  { max_out_of_distribution, min_products }: MonitoringSettings,
): Measure {
  const basis = { name: 'strangers', threshold: max_out_of_distribution } as const;
  const of = found.nearest.length;
  if (of < min_products || expected.nearest.length === 0) return few(basis, of, tooFew(of));
  const [was, is] = [outOfDistribution(expected.nearest), outOfDistribution(found.nearest)];
  return known(
    basis,
    Math.max(0, is - was),
    of,
    `${percent(is)} of the new products are unlike any learned one; of held-out ones it was ${percent(was)}.`,
  );
}

/** Of ascending numbers. */
function median(numbers: readonly number[]): number {
  const middle = Math.floor(numbers.length / 2);
  return numbers[middle] ?? 0;
}

function outOfDistribution(nearest: readonly number[]): number {
  return nearest.filter((cosine) => cosine < SIMILAR).length / nearest.length;
}

function hundredths(cosine: number): string {
  return String(Math.round(Math.min(0.99, Math.max(0, cosine)) * 100)).padStart(2, '0');
}

function tooFew(of: number): string {
  return `Only ${of} products with a vector were written since the enricher learned.`;
}
