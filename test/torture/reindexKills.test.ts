import { expect, it } from 'vitest';
import { testReindexKills } from '../../scripts/torture/reindexKills.js';
import { generated } from '../support/sharedGenerated.js';

it('a reindex killed at any time or step changes no answer, and the next one removes its leftovers', async () => {
  const { figures, violations } = await testReindexKills({
    rounds: 1,
    seed: 17,
    log: () => undefined,
    catalog: generated,
  });
  expect(violations).toEqual([]);
  expect(figures.kills).toBeGreaterThan(0);
}, 300_000);
