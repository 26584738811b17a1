import { expect, it } from 'vitest';
import { drawProduct } from '../../scripts/torture/stall/drawProduct.js';
import { testStall } from '../../scripts/torture/stall.js';
import { findBeyondLimits } from '../../src/domain/productLimits.js';
import { seededRandom } from '../../src/domain/seededRandom.js';

it('no request of an extreme shape keeps others waiting', async () => {
  const { figures, violations } = await testStall({ rounds: 25, seed: 20_261_130, log: () => undefined });
  expect(violations).toEqual([]);
  // Guards the test itself: products are stored and found, and others are refused.
  expect(figures.requests).toBeGreaterThan(60);
  expect(figures.status200).toBeGreaterThan(25);
  expect(figures.status400).toBeGreaterThan(5);
}, 240_000);

it('draws products within the limits and beyond them', () => {
  const beyond = Array.from({ length: 300 }, (_, seed) => drawProduct(seededRandom(seed))).filter(
    ({ value }) => findBeyondLimits({ id: 'a', ...value }) !== undefined,
  );
  expect(beyond.length).toBeGreaterThan(30);
  expect(beyond.length).toBeLessThan(200);
});
