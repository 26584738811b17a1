import { expect, it } from 'vitest';
import { tortureFlippedBytes } from '../../scripts/torture/flippedBytes.js';

it('a flipped byte in a file of the current generation is reported, and answers do not change', async () => {
  const { figures, broken } = await tortureFlippedBytes({ rounds: 1, seed: 4, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.flips).toBe(1);
}, 300_000);
