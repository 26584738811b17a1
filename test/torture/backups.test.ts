import { expect, it } from 'vitest';
import { tortureBackups } from '../../scripts/torture/backups.js';

it('a backup contains all writes answered before it, and a damaged or incomplete backup is refused', async () => {
  const { figures, broken } = await tortureBackups({ rounds: 1, seed: 27, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.kills).toBe(2);
}, 300_000);
