import { expect, it } from 'vitest';
import { testFuzzImporters } from '../../scripts/torture/fuzzImporters.js';

it('every damaged file gives rows and quarantine or an error message', async () => {
  const { figures, violations } = await testFuzzImporters({ rounds: 60, seed: 1, log: () => {} });
  expect(violations).toEqual([]);
  expect(figures.imported).toBeGreaterThan(20);
  expect(figures.refused).toBeGreaterThan(5);
});
