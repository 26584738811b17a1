import { expect, it } from 'vitest';
import { tortureServerKills } from '../../scripts/torture/serverKills.js';

it('a service killed during writes keeps every answered write', async () => {
  const { figures, broken } = await tortureServerKills({ rounds: 2, seed: 5, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.kills).toBe(2);
  expect(figures.acknowledged).toBeGreaterThan(0);
}, 300_000);
