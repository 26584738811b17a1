import { expect, it } from 'vitest';
import { tortureDiskFull } from '../../scripts/torture/diskFull.js';
import { lackingForMounts } from '../../scripts/torture/smallDisk.js';

const missing = lackingForMounts();

it.skipIf(missing !== undefined)(
  `a disk that fills up at random times loses no acknowledged write (${missing ?? 'mounting is allowed'})`,
  async () => {
    const { broken, figures } = await tortureDiskFull({ rounds: 3, seed: 1, tell: () => undefined });
    expect(broken).toEqual([]);
    expect(figures.rounds).toBe(3);
  },
);
