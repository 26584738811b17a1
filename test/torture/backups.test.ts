import { expect, it } from 'vitest';
import { tortureBackups } from '../../scripts/torture/backups.js';

it('a backup holds what was answered before it, is refused when damaged, and never taken for whole when it is not', async () => {
  const { figures, broken } = await tortureBackups({ rounds: 1, seed: 27, tell: () => undefined });
  expect(broken).toEqual([]);
  expect(figures.kills).toBe(2);
}, 300_000);
