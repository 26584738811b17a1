import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound } from '../../../src/enrich/calibration/bound.js';
import { decide, thresholdFor } from '../../../src/enrich/calibration/decide.js';

test('the lower bound is below the share and nears it with what was seen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seen, share) => {
        const right = Math.round(seen * share);
        const bound = lowerBound(right, seen);
        expect(bound).toBeLessThanOrEqual(right / seen + 1e-12);
        expect(bound).toBeGreaterThanOrEqual(-1e-12);
        expect(lowerBound(right * 10, seen * 10)).toBeGreaterThanOrEqual(bound - 1e-12);
      },
    ),
  );
  expect(lowerBound(0, 0)).toBe(0);
});

test('from the threshold on, the held-out answers meet the target; there is none where they cannot', () => {
  const outcome = fc.record({ score: fc.double({ min: 0.5, max: 1, noNaN: true }), right: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(outcome, { minLength: 40, maxLength: 200 }),
      fc.integer({ min: 0, max: 10 }),
      (some, luck) => {
        const outcomes = some.map(({ score, right }, i) => ({ score, right: right || i % 10 < luck }));
        const threshold = thresholdFor(outcomes, 0.9);
        const meets = (from: number): boolean => {
          const applied = outcomes.filter(({ score }) => score >= from);
          return lowerBound(applied.filter(({ right }) => right).length, applied.length) >= 0.9;
        };
        if (threshold !== undefined) expect(meets(threshold)).toBe(true);
        for (const { score } of outcomes) {
          if (score >= 0.7 && (threshold === undefined || score < threshold))
            expect(meets(score)).toBe(false);
        }
      },
    ),
  );
});

test('a field that was hardly tried has not earned to apply itself', () => {
  const right = Array.from({ length: 39 }, () => ({ score: 0.99, right: true }));
  expect(thresholdFor(right)).toBeUndefined();
  expect(thresholdFor([...right, ...right])).toBe(0.95);
});

test('what was never seen to fail applies itself from the target on, what was seen to from half way above', () => {
  const at = (score: number, right: boolean) => Array.from({ length: 100 }, () => ({ score, right }));
  expect(thresholdFor(at(0.99, true))).toBe(0.95);
  expect(thresholdFor([...at(0.99, true), ...at(0.5, false)])).toBe(0.95);
  expect(thresholdFor([...at(0.99, true), ...at(0.97, false)])).toBeCloseTo(0.98);
  expect(thresholdFor([...at(0.99, true), ...at(0.8, true)])).toBe(0.8);
});

test('applied, suggested, or nothing', () => {
  const policy = { applyFrom: 0.9, suggestFrom: 0.4 };
  expect(decide(0.9, policy)).toBe('applied');
  expect(decide(0.89, policy)).toBe('suggested');
  expect(decide(0.39, policy)).toBeUndefined();
  expect(decide(1, { applyFrom: undefined, suggestFrom: 0 })).toBe('suggested');
});
