import { expect, it } from 'vitest';
import { testBackups } from '../../scripts/torture/backups.js';
import { generated } from '../support/sharedGenerated.js';

it('a backup contains all writes answered before it, and a damaged or incomplete backup is refused', async () => {
  const { figures, violations } = await testBackups({
    rounds: 1,
    seed: 27,
    log: () => undefined,
    catalog: generated,
  });
  expect(violations).toEqual([]);
  expect(figures.kills).toBe(2);
}, 300_000);
