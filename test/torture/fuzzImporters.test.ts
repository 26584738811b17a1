import { expect, it } from 'vitest';
import { tortureFuzzImporters } from '../../scripts/torture/fuzzImporters.js';

it('every damaged file gives rows and quarantine or an error message', async () => {
  const { figures, broken } = await tortureFuzzImporters({ rounds: 120, seed: 1, tell: () => {} });
  expect(broken).toEqual([]);
  expect(figures.imported).toBeGreaterThan(40);
  expect(figures.refused).toBeGreaterThan(10);
});
