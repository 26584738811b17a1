import { expect, it } from 'vitest';
import { testDiskFull } from '../../scripts/torture/diskFull.js';
import { mountObstacle } from '../../scripts/torture/smallDisk.js';

const missing = mountObstacle();

it.skipIf(missing !== undefined)(
  `a disk that fills up at random times loses no acknowledged write (${missing ?? 'mounting is allowed'})`,
  async () => {
    const { violations, figures } = await testDiskFull({ rounds: 3, seed: 1, log: () => undefined });
    expect(violations).toEqual([]);
    expect(figures.rounds).toBe(3);
  },
);
