import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { calibrateCutoff, DEFAULT_MIN_COSINE } from '../../../src/search/retrieve/calibrateCutoff.js';
import { indexOf, overriding } from '../indexOf.js';

const cosines = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 });

let bare: LiveIndex;
beforeEach(async () => {
  bare = await indexOf([{ id: 'a', title: 'Oak desk' }]);
});

/** The calibrated cut-off if sentence i has a cosine of at most `nearest[i]`. */
function calibrated(nearest: readonly number[], points = 1): Promise<number> {
  const { generation } = bare;
  const index = overriding(bare, {
    generation: {
      ...generation,
      model: { name: 'm', sha256: 'cafe', dimension: 1, metric: 'cosine' },
      counts: { ...generation.counts, points },
    },
    nearestWithin: (vector) => ({ ordinals: Uint32Array.of(0), cosines: vector }),
  });
  let asked = 0;
  return calibrateCutoff(index, async (texts) =>
    texts.map(() => Float32Array.from(nearest.slice(asked, ++asked))),
  );
}

describe('the cut-off for semantic hits', () => {
  it('is what nine in ten unrelated sentences stay below, limited to .2 to .4', async () => {
    await fc.assert(
      fc.asyncProperty(cosines, async (nearest) => {
        const found = await calibrated(nearest);
        const tenth = [...nearest].sort((a, b) => a - b)[27] ?? Number.NaN;
        expect(found).toBeCloseTo(Math.min(0.4, Math.max(0.2, tenth)), 6);
      }),
    );
  });

  it('never falls as the catalog comes nearer to the sentences', async () => {
    await fc.assert(
      fc.asyncProperty(
        cosines,
        fc.nat(29),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (nearest, place, more) => {
          const nearer = nearest.with(place, Math.min(1, (nearest[place] ?? 0) + more));
          expect(await calibrated(nearer)).toBeGreaterThanOrEqual(await calibrated(nearest));
        },
      ),
    );
  });

  it('is the default without vectors, or with those of another model', async () => {
    const refuse = () => Promise.reject(new Error('nothing to embed for'));
    expect(await calibrateCutoff(bare, refuse)).toBe(DEFAULT_MIN_COSINE);
    expect(await calibrated([0.25], 0)).toBe(DEFAULT_MIN_COSINE);
    expect(await calibrated([])).toBe(DEFAULT_MIN_COSINE);
  });
});
