import { expect, it } from 'vitest';
import { runLoad } from '../../scripts/torture/load.js';

it('answers every search and keeps every write under concurrent searches, writes and reindexes', async () => {
  const plan = { products: 150, warm: 0.5, quiet: 1, loaded: 3, relentless: 1 };
  const { figures, violations } = await runLoad(plan, { seed: 20_261_121, log: () => undefined });
  expect(violations).toEqual([]);
  expect(figures.requests).toBeGreaterThan(20);
  expect(figures.writes).toBeGreaterThan(20);
  // Guards the test itself: there must be load and writes.
  expect(figures.acknowledgedMissing).toBe(0);
}, 240_000);
