import { expect, it } from 'vitest';
import { testEventKills } from '../../scripts/torture/eventKills.js';
import { generated } from '../support/sharedGenerated.js';

it('a service killed while it receives events keeps every acknowledged one, once', async () => {
  const { figures, violations } = await testEventKills({
    rounds: 1,
    seed: 2,
    log: () => undefined,
    catalog: generated,
  });
  expect(violations).toEqual([]);
  expect(figures.kills).toBe(1);
  expect(figures.acknowledged).toBeGreaterThan(0);
}, 300_000);
