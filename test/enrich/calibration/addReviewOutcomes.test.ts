import { describe, expect, it } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { addReviewOutcomes, reviewWeight } from '../../../src/enrich/calibration/addReviewOutcomes.js';
import type { ReviewOutcome } from '../../../src/enrich/enricher.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { blanked, toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

const outcomes = (count: number, right: boolean, confidence = 0.8): ReviewOutcome[] =>
  Array.from({ length: count }, () => ({ field: 'attributes.color', confidence, right }));

it('adds review outcomes by attribute id and leaves the hold-out outcomes unchanged', () => {
  const holdout = new Map([['color', [{ score: 0.9, right: true }]]]);
  const all = addReviewOutcomes(
    holdout,
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
      { score: 0.5, right: false, weight: 0.5, category: 'tents', reviewed: true },
    ],
    '@category': [{ score: 0.6, right: true, weight: 1, category: undefined, reviewed: true }],
  });
  expect(holdout.get('color')).toHaveLength(1);
});

it('counts a group decision for less than the number of examples shown', () => {
  const worth = (settled: number): number => settled * reviewWeight(settled);
  expect([1, 2, 5, 16].map((settled) => Math.round(10 * worth(settled)) / 10)).toEqual([1, 1.7, 2.8, 4]);
  expect(worth(10_000)).toBeLessThan(5);
  for (let settled = 1; settled < 100; settled++) expect(worth(settled + 1)).toBeGreaterThan(worth(settled));
});

describe('a field with too few hold-out rows', () => {
  const examples = toyExamples(toyProducts(24, 1));
  const unseen = toyProducts(40, 2).map(blanked);
  /** How many colours are applied and suggested, and the highest confidence. */
  const coloured = async (reviewOutcomes: ReviewOutcome[]) => {
    const enricher = await learn(examples, toyView, {
      embed: toyEmbed,
      seed: 1,
      progress: silent,
      reviewOutcomes,
    });
    const facts = unseen
      .map((product) => ({ ...product, category: 'Outdoor > Tents' }))
      .flatMap((product) => enricher.enrich(product, toyVector(product.title ?? '')))
      .filter(({ field }) => field === 'attributes.color');
    const applied = facts.filter(({ status }) => status === 'applied').length;
    const surest = Math.max(...facts.map(({ confidence }) => confidence));
    return { applied, suggested: facts.length - applied, surest, signature: enricher.signature };
  };

  it('applies values after enough accepted reviews, and stops after rejected ones', async () => {
    const unreviewed = await coloured([]);
    expect(unreviewed.applied).toBe(0);
    expect(unreviewed.suggested).toBeGreaterThan(20);
    expect(unreviewed.surest).toBeGreaterThan(0.7);
    const accepted = outcomes(100, true, unreviewed.surest);
    const trusted = await coloured(accepted);
    expect(trusted.applied).toBeGreaterThan(0);
    expect(trusted.signature).not.toBe(unreviewed.signature);
    expect((await coloured(outcomes(15, true, unreviewed.surest))).applied).toBe(0);
    expect((await coloured([...accepted, ...outcomes(15, false, unreviewed.surest)])).applied).toBe(0);
  });
});
