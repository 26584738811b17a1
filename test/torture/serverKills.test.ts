import { expect, it } from 'vitest';
import { testServerKills } from '../../scripts/torture/serverKills.js';
import { generated } from '../support/sharedGenerated.js';

it('a service killed during writes keeps every answered write', async () => {
  const { figures, violations } = await testServerKills({
    rounds: 2,
    seed: 5,
    log: () => undefined,
    catalog: generated,
  });
  expect(violations).toEqual([]);
  expect(figures.kills).toBe(2);
  expect(figures.acknowledged).toBeGreaterThan(0);
}, 300_000);
