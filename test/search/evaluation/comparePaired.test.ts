import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparePaired } from '../../../src/search/evaluation/comparePaired.js';

it('counts wins, losses and ties, and gives the mean of second minus first', () => {
  expect(comparePaired([0.5, 0.5, 0.5, 0.5], [1, 0.25, 0.5, 0.5])).toMatchObject({
    mean: 0.0625,
    wins: 1,
    losses: 1,
    ties: 2,
  });
  expect(comparePaired([], [])).toEqual({ mean: 0, low: 0, high: 0, wins: 0, losses: 0, ties: 0 });
  expect(() => comparePaired([1], [])).toThrow(RangeError);
});

it('gives an interval about as wide as the normal one: 1.96 standard errors on either side', () => {
  const differences = Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898) * 0.5);
  const { mean, low, high } = comparePaired(
    differences.map(() => 0),
    differences,
  );
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 400;
  const half = 1.96 * Math.sqrt(variance / 400);
  expect((high - low) / 2 / half).toBeGreaterThan(0.95);
  expect((high - low) / 2 / half).toBeLessThan(1.05);
});

it('is symmetric, and deterministic', () => {
  const gains = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(gains, (pairs) => {
      const first = pairs.map(([gain]) => gain);
      const second = pairs.map(([, gain]) => gain);
      const there = comparePaired(first, second);
      const back = comparePaired(second, first);
      expect(comparePaired(first, second)).toEqual(there);
      expect(back.mean).toBeCloseTo(-there.mean, 12);
      expect([back.wins, back.losses, back.ties]).toEqual([there.losses, there.wins, there.ties]);
      expect(back.low).toBeCloseTo(-there.high, 2);
      expect(there.low).toBeLessThanOrEqual(there.mean + 1e-12);
      expect(there.high).toBeGreaterThanOrEqual(there.mean - 1e-12);
    }),
    { numRuns: 20 },
  );
});
