import { expect, it } from 'vitest';
import { testFlippedBytes } from '../../scripts/torture/flippedBytes.js';
import { generated } from '../support/sharedGenerated.js';

it('a flipped byte in a file of the current generation is reported, and answers do not change', async () => {
  const { figures, violations } = await testFlippedBytes({
    rounds: 1,
    seed: 4,
    log: () => undefined,
    catalog: generated,
  });
  expect(violations).toEqual([]);
  expect(figures.flips).toBe(1);
}, 300_000);
