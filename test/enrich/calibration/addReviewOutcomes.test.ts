import { describe, expect, it } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { addReviewOutcomes, weightOf } from '../../../src/enrich/calibration/addReviewOutcomes.js';
import type { Decided } from '../../../src/enrich/enrich.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { blanked, toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

const outcomes = (count: number, right: boolean, confidence = 0.8): Decided[] =>
  Array.from({ length: count }, () => ({ field: 'attributes.color', confidence, right }));

it('puts decisions beside held-out outcomes, under the taxonomy’s own names, and leaves those as they were', () => {
  const heldOut = new Map([['color', [{ score: 0.9, right: true }]]]);
  const all = addReviewOutcomes(
    heldOut,
    [
      { field: 'attributes.Colour', confidence: 0.5, right: false, category: 'Tents', settled: 6 },
      { field: 'category', confidence: 0.6, right: true },
      { field: 'attributes.unheard of', confidence: 0.7, right: true },
    ],
    toyView,
  );
  expect(Object.fromEntries(all)).toEqual({
    color: [
      { score: 0.9, right: true },
      { score: 0.5, right: false, weight: 0.5, category: 'tents', decided: true },
    ],
    '@category': [{ score: 0.6, right: true, weight: 1, category: undefined, decided: true }],
  });
  expect(heldOut.get('color')).toHaveLength(1);
});

it('takes one glance at many products for no more than the examples that were shown', () => {
  const worth = (settled: number): number => settled * weightOf(settled);
  expect([1, 2, 5, 16].map((settled) => Math.round(10 * worth(settled)) / 10)).toEqual([1, 1.7, 2.8, 4]);
  expect(worth(10_000)).toBeLessThan(5);
  for (let settled = 1; settled < 100; settled++) expect(worth(settled + 1)).toBeGreaterThan(worth(settled));
});

describe('a field that too few rows were held out for', () => {
  const taught = toyExamples(toyProducts(24, 1));
  const unseen = toyProducts(40, 2).map(blanked);
  /** How many colours apply themselves, and how many wait, with the confidence of the least sure of them. */
  const coloured = async (decided: Decided[]) => {
    const enricher = await learn(taught, toyView, { embed: toyEmbed, seed: 1, progress: silent, decided });
    const facts = unseen
      .map((product) => ({ ...product, category: 'Outdoor > Tents' }))
      .flatMap((product) => enricher.enrich(product, toyVector(product.title ?? '')))
      .filter(({ field }) => field === 'attributes.color');
    const applied = facts.filter(({ status }) => status === 'applied').length;
    const surest = Math.max(...facts.map(({ confidence }) => confidence));
    return { applied, suggested: facts.length - applied, surest, signature: enricher.signature };
  };

  it('earns autonomy by what people accept, and loses it by what they reject', async () => {
    const unasked = await coloured([]);
    expect(unasked.applied).toBe(0);
    expect(unasked.suggested).toBeGreaterThan(20);
    expect(unasked.surest).toBeGreaterThan(0.7);
    const accepted = outcomes(100, true, unasked.surest);
    const trusted = await coloured(accepted);
    expect(trusted.applied).toBeGreaterThan(0);
    expect(trusted.signature).not.toBe(unasked.signature);
    expect((await coloured(outcomes(30, true, unasked.surest))).applied).toBe(0);
    expect((await coloured([...accepted, ...outcomes(15, false, unasked.surest)])).applied).toBe(0);
  });
});
