import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import {
  type Curve,
  calibrationError,
  fitCurve,
  type Outcome,
  readCurve,
} from '../../../src/enrich/calibration/curve.js';

const straight: Curve = { x: [0, 1], y: [0, 1] };
const outcomes = fc.array(
  fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }),
  { maxLength: 400 },
);

test('a fitted curve never falls and stays within 0 and 1', () => {
  fc.assert(
    fc.property(outcomes, (some) => {
      const curve = fitCurve(some, straight);
      let before = 0;
      for (let score = 0; score <= 1; score += 0.01) {
        const confidence = readCurve(curve, score);
        expect(confidence).toBeGreaterThanOrEqual(before - 1e-12);
        expect(confidence).toBeLessThanOrEqual(1);
        before = confidence;
      }
    }),
  );
});

/** The best non-decreasing fit by definition: of all blocks around a place, max over starts of min over ends of the mean. */
function naiveIsotonic(hits: readonly number[], weights: readonly number[]): number[] {
  const mean = (from: number, to: number): number => {
    let hit = 0;
    let weight = 0;
    for (let i = from; i <= to; i++) {
      hit += hits[i] ?? 0;
      weight += weights[i] ?? 0;
    }
    return hit / weight;
  };
  return hits.map((_, i) => {
    let best = 0;
    for (let from = 0; from <= i; from++) {
      let min = 1;
      for (let to = i; to < hits.length; to++) min = Math.min(min, mean(from, to));
      best = Math.max(best, min);
    }
    return best;
  });
}

test('pooling is isotonic regression, as computed by its definition', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 20 }), (hits) => {
      // Bins of 15 equal scores each: the bins are then the same for both.
      const some: Outcome[] = hits.flatMap((hit, bin) =>
        Array.from({ length: 15 }, (_, i) => ({ score: bin / 20, right: i < hit })),
      );
      const broader: Curve = { x: [0], y: [0.5] };
      const curve = fitCurve(some, broader);
      const expected = naiveIsotonic(
        hits.map((hit) => hit + 5 * 0.5 + 0.5),
        hits.map(() => 21),
      );
      for (const [bin, value] of expected.entries()) {
        const x = bin / 20;
        const first = curve.x[0] ?? 0;
        const last = curve.x.at(-1) ?? 0;
        const nearest = curve.y.find((_, i) => Math.abs((curve.x[i] ?? 0) - x) < 1e-9);
        if (nearest !== undefined && (x === first || x === last || hits.length < 3))
          expect(nearest).toBeCloseTo(value);
      }
      const means = new Set(expected.map((value) => value.toFixed(9)));
      expect(new Set(curve.y.map((value) => value.toFixed(9)))).toEqual(means);
    }),
  );
});

test('of the values shown with .9, nine in ten are right', () => {
  const random = seededRandom(3);
  // An overconfident method: it says s and is right s² of the time.
  const draw = (): Outcome => {
    const score = random();
    return { score, right: random() < score * score };
  };
  const curve = fitCurve(Array.from({ length: 3000 }, draw), straight);
  const shown = Array.from({ length: 3000 }, draw).map(({ score, right }) => ({
    score: readCurve(curve, score),
    right,
  }));
  expect(calibrationError(shown)).toBeLessThan(0.03);
  expect(calibrationError(Array.from({ length: 3000 }, draw))).toBeGreaterThan(0.1);
});

test('few outcomes follow the broader curve, many overrule it', () => {
  const broader: Curve = { x: [0, 1], y: [0.9, 0.9] };
  const wrong = (count: number): Outcome[] =>
    Array.from({ length: count }, () => ({ score: 0.5, right: false }));
  expect(readCurve(fitCurve([], broader), 0.5)).toBe(0.9);
  expect(readCurve(fitCurve(wrong(3), broader), 0.5)).toBeGreaterThan(0.5);
  expect(readCurve(fitCurve(wrong(300), broader), 0.5)).toBeLessThan(0.05);
});

test('nothing is ever certain', () => {
  const right = Array.from({ length: 500 }, (_, i) => ({ score: i / 500, right: true }));
  expect(readCurve(fitCurve(right, straight), 1)).toBeLessThan(1);
});

test('below what was ever seen, confidence falls with the score', () => {
  const curve = fitCurve(
    Array.from({ length: 40 }, () => ({ score: 0.9, right: true })),
    straight,
  );
  expect(readCurve(curve, 0.9)).toBeGreaterThan(0.9);
  expect(readCurve(curve, 0.3)).toBeLessThan(0.4);
  expect(readCurve(curve, 0)).toBe(0);
});

test('the more the broader curve is worth, the nearer few outcomes stay to it', () => {
  const wrong = Array.from({ length: 20 }, () => ({ score: 0.8, right: false }));
  const identity = { x: [0, 1], y: [0, 1] };
  const [light, heavy] = [5, 60].map((weight) => readCurve(fitCurve(wrong, identity, weight), 0.8));
  expect(light).toBeLessThan(0.25);
  expect(heavy).toBeGreaterThan(0.55);
  expect(heavy).toBeLessThan(0.8);
});
