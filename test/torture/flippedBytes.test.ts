import { expect, it } from 'vitest';
import { tortureFlippedBytes } from '../../scripts/torture/flippedBytes.js';

it('a byte flipped in a file of the generation that serves is told, and answers stay as they were', async () => {
  const { figures, broken } = await tortureFlippedBytes({ rounds: 1, seed: 4, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.flips).toBe(1);
}, 300_000);
