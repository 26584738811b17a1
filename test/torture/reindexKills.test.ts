import { expect, it } from 'vitest';
import { tortureReindexKills } from '../../scripts/torture/reindexKills.js';

it('a reindex killed at any time or step changes no answer, and the next one removes its leftovers', async () => {
  const { figures, broken } = await tortureReindexKills({ rounds: 1, seed: 17, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.kills).toBeGreaterThan(0);
}, 300_000);
