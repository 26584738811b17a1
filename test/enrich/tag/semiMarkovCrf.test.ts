import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lossGradient } from '../../../src/enrich/tag/fitSpanWeights.js';
import { readSpans } from '../../../src/enrich/tag/readSpans.js';
import { singleSpanProbabilities, spanMarginals } from '../../../src/enrich/tag/semiMarkovCrf.js';

/** A few spans over a few tokens, in order, with scores. */
const cases = fc.integer({ min: 1, max: 6 }).chain((length) => {
  const all = Array.from({ length }, (_, i) => i).flatMap((i) =>
    Array.from({ length: length - i }, (_, size) => [i, i + size] as const),
  );
  return fc
    .record({
      spans: fc.subarray(all, { minLength: 1, maxLength: Math.min(9, all.length) }),
      scores: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 9, maxLength: 9 }),
    })
    .map(({ spans, scores }) => ({
      length,
      from: Int32Array.from(spans, ([i]) => i),
      to: Int32Array.from(spans, ([, j]) => j),
      scores: Float64Array.from(scores.slice(0, spans.length)),
    }));
});
interface Case {
  readonly length: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly scores: Float64Array;
}

/** All sets of spans without a common token, with their weights, by enumeration. */
function allWays({ from, to, scores }: Case): { chosen: number[]; weight: number }[] {
  const ways: { chosen: number[]; weight: number }[] = [];
  for (let bits = 0; bits < 1 << scores.length; bits++) {
    const chosen = [...scores.keys()].filter((x) => (bits & (1 << x)) !== 0);
    const tokens = chosen.flatMap((x) => {
      const first = from[x] ?? 0;
      return Array.from({ length: (to[x] ?? 0) - first + 1 }, (_, k) => first + k);
    });
    if (new Set(tokens).size < tokens.length) continue;
    ways.push({ chosen, weight: Math.exp(chosen.reduce((sum, x) => sum + (scores[x] ?? 0), 0)) });
  }
  return ways;
}

const sumOf = (ways: readonly { weight: number }[]): number =>
  ways.reduce((sum, { weight }) => sum + weight, 0);

test('forward-backward gives the partition function and marginals over all segmentations', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const ways = allWays(one);
      const marginals = new Float64Array(one.scores.length);
      const total = spanMarginals(one, one.length, one.scores, marginals);
      expect(total).toBeCloseTo(Math.log(sumOf(ways)), 9);
      for (const [x, marginal] of marginals.entries()) {
        const holding = ways.filter(({ chosen }) => chosen.includes(x));
        expect(marginal).toBeCloseTo(sumOf(holding) / sumOf(ways), 9);
      }
    }),
  );
});

test('with one value, the probabilities are those of all spans and of none', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const shares = new Float64Array(one.scores.length);
      const none = singleSpanProbabilities(one.scores, shares);
      const ways = allWays(one).filter(({ chosen }) => chosen.length < 2);
      expect(none).toBeCloseTo(1 / sumOf(ways), 9);
      for (const [x, share] of shares.entries())
        expect(share).toBeCloseTo(Math.exp(one.scores[x] ?? 0) / sumOf(ways), 9);
    }),
  );
});

test('scores far apart do not overflow', () => {
  const one = { from: Int32Array.of(0, 0, 1), to: Int32Array.of(0, 1, 1) };
  const marginals = new Float64Array(3);
  spanMarginals(one, 2, Float64Array.of(900, -1e6, -900), marginals);
  expect([...marginals]).toEqual([1, 0, 0]);
  expect(singleSpanProbabilities(Float64Array.of(900, -1e6, -900), marginals)).toBe(0);
  expect([...marginals]).toEqual([1, 0, 0]);
});

describe('the gradient used in training is that of the likelihood', () => {
  const STEP = 1e-5;

  function check(one: Case, answers: readonly number[], several: boolean): void {
    const loss = (scores: Float64Array): number => {
      const ways = allWays({ ...one, scores });
      const free = several ? ways : ways.filter(({ chosen }) => chosen.length < 2);
      const right = free.filter(({ chosen }) =>
        several || answers.length === 0
          ? chosen.join() === answers.join()
          : chosen.length === 1 && answers.includes(chosen[0] ?? -1),
      );
      return Math.log(sumOf(free)) - Math.log(sumOf(right));
    };
    const { from, to, length } = one;
    const text = { ...readSpans({ title: 'a '.repeat(length) }), from, to };
    const slopes = lossGradient({ text, valueSpans: Int32Array.from(answers), several }, one.scores);
    for (const x of one.scores.keys()) {
      const moved = (by: number): Float64Array =>
        Float64Array.from(one.scores, (score, place) => (place === x ? score + by : score));
      const numeric = (loss(moved(STEP)) - loss(moved(-STEP))) / (2 * STEP);
      expect(slopes[x]).toBeCloseTo(numeric, 5);
    }
  }

  test('with several values', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (one, pick) => {
        const ways = allWays(one);
        check(one, ways[pick % ways.length]?.chosen ?? [], true);
      }),
    );
  });

  test('with one value, at any of its spans, or none', () => {
    fc.assert(
      fc.property(cases, fc.nat(511), (one, bits) => {
        check(
          one,
          [...one.scores.keys()].filter((x) => (bits & (1 << x)) !== 0),
          false,
        );
      }),
    );
  });
});
