import { expect, it } from 'vitest';
import { runSoak } from '../../scripts/torture/soak.js';

/** A few seconds do not show a leak; they show that the soak test works and reports growth beyond a bound. */
const plan = { products: 60, parts: 2, warm: 0, seconds: 1, growth: -2 };

it('measures memory after searches, writes and a reindex, and reports growth', async () => {
  const { figures, violations } = await runSoak(plan, { seed: 20_261_121, log: () => undefined });
  expect(violations.map(({ what }) => what.replace(/by .*%/, 'by so much'))).toEqual([
    'memory resident grew by so much after warming up',
    'memory held grew by so much after warming up',
  ]);
  expect(figures.searches).toBeGreaterThan(5);
  expect(figures.writes).toBeGreaterThan(5);
  expect(figures.heapMb).toBeGreaterThan(5);
  // Growth by half within seconds is not warming up.
  expect(figures.residentGrowthPercent).toBeLessThan(50);
  expect(figures.heldGrowthPercent).toBeLessThan(50);
}, 240_000);
