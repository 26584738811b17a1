import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { HoldoutProfile } from '../../../enrich/holdoutProfile.js';
import { few, known, type Measure, percent } from './measure.js';

/** Below this cosine two titles share a department rather than a kind. */
const ALIKE = 0.5;

/**
 * How far the median new product lies from what was learned, beside held-out products of the learned catalog: the share
 * by which its cosine with the nearest learned product is lower, since catalogs differ in how alike their products are.
 * New arrivals of the same shop have fewer near twins than its stock, so some fall is in order (.05 to .21 seen); other
 * kinds of products bring .27 and more (bench `drift`).
 */
export function measureDrift(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  { most_drift, least_products }: MonitoringSettings,
): Measure {
  const basis = { name: 'drift', threshold: most_drift } as const;
  const of = found.nearest.length;
  if (of < least_products || expected.nearest.length === 0) return few(basis, of, tooFew(of));
  const [was, is] = [median(expected.nearest), median(found.nearest)];
  return known(
    basis,
    was <= 0 ? 0 : Math.max(0, 1 - is / was),
    of,
    `The nearest learned product is at cosine .${hundredths(is)} from the median new one; from a held-out one it was at .${hundredths(was)}.`,
  );
}

/** By how much the share of new products that are like nothing that was learned has risen. */
export function measureOutOfDistribution(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  { most_strangers, least_products }: MonitoringSettings,
): Measure {
  const basis = { name: 'strangers', threshold: most_strangers } as const;
  const of = found.nearest.length;
  if (of < least_products || expected.nearest.length === 0) return few(basis, of, tooFew(of));
  const [was, is] = [strangers(expected.nearest), strangers(found.nearest)];
  return known(
    basis,
    Math.max(0, is - was),
    of,
    `${percent(is)} of the new products are like nothing that taught; of held-out ones it was ${percent(was)}.`,
  );
}

/** Of ascending numbers. */
function median(numbers: readonly number[]): number {
  const middle = Math.floor(numbers.length / 2);
  return numbers[middle] ?? 0;
}

function strangers(nearest: readonly number[]): number {
  return nearest.filter((cosine) => cosine < ALIKE).length / nearest.length;
}

function hundredths(cosine: number): string {
  return String(Math.round(Math.min(0.99, Math.max(0, cosine)) * 100)).padStart(2, '0');
}

function tooFew(of: number): string {
  return `Only ${of} products with a vector were written since the enricher learned.`;
}
