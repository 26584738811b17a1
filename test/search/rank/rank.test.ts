import { expect, it } from 'vitest';
import { Bits } from '../../../src/index/bits.js';
import { Ranking } from '../../../src/search/rank/rank.js';
import type { Candidates } from '../../../src/search/retrieve/retrieve.js';

/** Three candidates: words and meaning, words alone, and one that the query names. */
const candidates: Candidates = {
  set: Bits.full(3),
  ordinals: Uint32Array.of(0, 1, 2),
  words: {
    touched: Uint32Array.of(0, 1),
    score: Float32Array.of(6, 3, 0),
    matched: Uint32Array.of(3, 1, 0),
    coverage: Float32Array.of(1, 0.5, 0),
    titleWords: Uint8Array.of(2, 1, 0),
    ceiling: 10,
  },
  cosine: Float32Array.of(0.5, Number.NaN, Number.NaN),
  exact: new Map([[2, 3]]),
  tierOf: () => 'all',
};

it('sums weighted shares: words beside the mean of best and ceiling, meaning, coverage, identity', () => {
  const ranking = new Ranking(candidates);
  expect(ranking.shares(0)).toEqual({
    words: (0.6 * 6) / 8,
    meaning: 0.2,
    coverage: 0.2,
    structure: 0,
    exact: 0,
  });
  expect(ranking.shares(1)).toEqual({
    words: (0.6 * 3) / 8,
    meaning: 0,
    coverage: 0.1,
    structure: 0,
    exact: 0,
  });
  expect(ranking.shares(2)).toEqual({ words: 0, meaning: 0, coverage: 0, structure: 0, exact: 6 });
  for (const ordinal of [0, 1, 2]) {
    const sum = Object.values(ranking.shares(ordinal)).reduce((total, share) => total + share, 0);
    expect(ranking.score(ordinal)).toBeCloseTo(sum, 12);
  }
});

it('ranks a query without words by meaning, not by nothing over nothing', () => {
  const words = { ...candidates.words, touched: new Uint32Array(0), score: new Float32Array(3), ceiling: 0 };
  expect(new Ranking({ ...candidates, words, exact: new Map() }).score(0)).toBeCloseTo(0.4, 6);
});
