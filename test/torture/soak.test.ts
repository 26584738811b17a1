import { expect, it } from 'vitest';
import { trySoak } from '../../scripts/torture/soak.js';

/** Seconds show no leak; they show that the trial works, and that it tells what grew beyond a bound that nothing keeps. */
const plan = { products: 60, parts: 2, warm: 0, seconds: 1, growth: -2 };

it('measures what is held after searches, writes and a reindex, and says where that grew', async () => {
  const { figures, broken } = await trySoak(plan, { seed: 20_261_121, tell: () => undefined });
  expect(broken.map(({ what }) => what.replace(/by .*%/, 'by so much'))).toEqual([
    'memory resident grew by so much after warming up',
    'memory held grew by so much after warming up',
  ]);
  expect(figures.searches).toBeGreaterThan(5);
  expect(figures.writes).toBeGreaterThan(5);
  expect(figures.heapMb).toBeGreaterThan(5);
  // What grows by the half within seconds is no matter of warming up.
  expect(figures.residentGrowthPercent).toBeLessThan(50);
  expect(figures.heldGrowthPercent).toBeLessThan(50);
}, 240_000);
