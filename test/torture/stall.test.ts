import { expect, it } from 'vitest';
import { drawProduct } from '../../scripts/torture/stall/drawProduct.js';
import { testStall } from '../../scripts/torture/stall.js';
import { findBeyondLimits } from '../../src/domain/productLimits.js';
import { seededRandom } from '../../src/domain/seededRandom.js';

it('no request of an extreme shape keeps others waiting', async () => {
  const { figures } = await testStall({ rounds: 12, seed: 20_261_130, log: () => undefined });
  // The limit of 250 ms is for the trial on a quiet machine. Without bounds such requests take minutes on any.
  expect(figures.longest_ms).toBeLessThan(3000);
  // Guards the test itself: products are stored and found, and others are refused.
  expect(figures.requests).toBeGreaterThan(30);
  expect(figures.status200).toBeGreaterThan(12);
  expect(figures.status400).toBeGreaterThan(2);
}, 240_000);

it('draws products within the limits and beyond them', () => {
  const beyond = Array.from({ length: 300 }, (_, seed) => drawProduct(seededRandom(seed))).filter(
    ({ value }) => findBeyondLimits({ id: 'a', ...value }) !== undefined,
  );
  expect(beyond.length).toBeGreaterThan(30);
  expect(beyond.length).toBeLessThan(200);
});
