import { beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { Ranking } from '../../../src/search/rank/ranking.js';
import { type RankingWeights, WEIGHTS } from '../../../src/search/rank/rankingWeights.js';
import type { CandidateSet } from '../../../src/search/retrieve/retrieve.js';
import { Bitset } from '../../../src/structures/bitset.js';
import { indexOf } from '../indexOf.js';

const NONE: RankingWeights = {
  words: 0,
  meaning: 0,
  coverage: 0,
  exact: 0,
  brand: 0,
  structure: 0,
  feedbackSimilarity: 0,
  category: 0,
  popularity: 0,
};

const products: Product[] = [
  { id: 'a', title: 'red mug', category: 'Kitchen > Mugs', sales: 9 },
  { id: 'b', title: 'blue mug', category: 'Kitchen > Mugs', sales: 99 },
  { id: 'c', title: 'mug tree', category: 'Kitchen > Racks' },
  { id: 'd', title: 'cup' },
];
const vectors = new Map([
  ['a', Float32Array.of(1, 0)],
  ['b', Float32Array.of(0.8, 0.6)],
  ['c', Float32Array.of(0, 1)],
]);

let index: LiveIndex;
beforeEach(async () => {
  index = await indexOf(products, vectors);
});

/** Words and vector, words only, a product that the query names, and vector only. */
const candidates: CandidateSet = {
  set: Bitset.full(4),
  ordinals: Uint32Array.of(0, 1, 2, 3),
  words: {
    matchedOrdinals: Uint32Array.of(0, 1),
    score: Float32Array.of(6, 3, 0, 0),
    matched: Uint32Array.of(3, 1, 0, 0),
    coverage: Float32Array.of(1, 0.5, 0, 0),
    brandCoverage: Float32Array.of(0, 0.5, 0, 0),
    titleWords: Uint8Array.of(2, 1, 0, 0),
    maxScore: 10,
  },
  cosine: Float32Array.of(0.5, 0.25, Number.NaN, Number.NaN),
  exact: new Map([[2, 3]]),
  tierOf: () => 'all',
};

describe('features of the query', () => {
  const weights = { ...NONE, words: 0.6, meaning: 0.4, coverage: 0.2, brand: 0.1, exact: 2 };

  it('are words relative to the mean of best and maximum, meaning, coverage, brand and identity', () => {
    const ranking = new Ranking(index, candidates, weights);
    expect(ranking.shares(0)).toEqual({ ...NONE, words: (0.6 * 6) / 8, meaning: 0.2, coverage: 0.2 });
    expect(ranking.shares(1)).toEqual({
      ...NONE,
      words: (0.6 * 3) / 8,
      meaning: 0.1,
      coverage: 0.1,
      brand: 0.05,
    });
    expect(ranking.shares(2)).toEqual({ ...NONE, exact: 6 });
  });

  it('are meaning for a query without words, without dividing by zero', () => {
    const words = {
      ...candidates.words,
      matchedOrdinals: new Uint32Array(0),
      score: new Float32Array(4),
      coverage: new Float32Array(4),
      brandCoverage: new Float32Array(4),
      maxScore: 0,
    };
    const ranking = new Ranking(index, { ...candidates, words, exact: new Map() }, weights);
    expect(ranking.score(0)).toBeCloseTo(0.2, 6);
  });
});

describe('pseudo-relevance feedback', () => {
  it('is the cosine to the centroid of the best, and how many of them share the category', () => {
    const ranking = new Ranking(index, candidates, { ...NONE, words: 1, feedbackSimilarity: 1, category: 1 });
    // By words the order is a, b, then c and d; the centroid of the three vectors is (0.6, 0.533…).
    const mean = Math.hypot(1.8, 1.6);
    expect(ranking.features(0).feedbackSimilarity).toBeCloseTo(1.8 / mean, 5);
    expect(ranking.features(1).feedbackSimilarity).toBeCloseTo((0.8 * 1.8 + 0.6 * 1.6) / mean, 5);
    // It had no cosine to the query, so it gets none to the centroid.
    expect(ranking.features(2).feedbackSimilarity).toBe(0);
    expect(ranking.features(0).category).toBe(1);
    expect(ranking.features(2).category).toBe(0.5);
    // Without a category: the mean of the best, twice 1 and once .5.
    expect(ranking.features(3).category).toBeCloseTo(2.5 / 3, 12);
  });

  it('is absent if the query matches nothing', () => {
    const words = { ...candidates.words, matchedOrdinals: new Uint32Array(0), score: new Float32Array(4) };
    const cosine = new Float32Array(4).fill(Number.NaN);
    const everything = { ...candidates, words, cosine, exact: new Map() };
    const ranking = new Ranking(index, everything, { ...NONE, feedbackSimilarity: 1, category: 1 });
    expect([0, 1, 2, 3].map((ordinal) => ranking.score(ordinal))).toEqual([0, 0, 0, 0]);
  });
});

it('scales popularity by its logarithm, with a middle value where it is missing', () => {
  const ranking = new Ranking(index, candidates, { ...NONE, popularity: 1 });
  expect(ranking.features(0).popularity).toBeCloseTo(0.5, 12);
  expect(ranking.features(1).popularity).toBeCloseTo(1, 12);
  expect(ranking.features(2).popularity).toBe(0.5);
});

it('gives shares that add up to the score', () => {
  const ranking = new Ranking(index, candidates);
  for (const ordinal of candidates.ordinals) {
    const sum = Object.values(ranking.shares(ordinal)).reduce((total, share) => total + share, 0);
    expect(ranking.score(ordinal)).toBeCloseTo(sum, 6);
  }
});

it('never ranks anything above a product that the query names', () => {
  const { exact, ...others } = WEIGHTS;
  expect(exact).toBeGreaterThan(Object.values(others).reduce((sum, weight) => sum + weight, 0));
});
