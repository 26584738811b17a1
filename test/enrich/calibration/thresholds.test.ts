import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/enrich/calibration/calibrationCurve.js';
import { thresholdIn } from '../../../src/enrich/calibration/policies.js';
import {
  MIN_APPLIED,
  thresholdFor,
  thresholdsByCategory,
} from '../../../src/enrich/calibration/thresholds.js';
import { lowerBound } from '../../../src/enrich/calibration/wilson.js';

test('the hold-out answers meet the target from the threshold on, and there is no threshold if they cannot', () => {
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

test('a field with few outcomes has no threshold', () => {
  const right = Array.from({ length: 39 }, () => ({ score: 0.99, right: true }));
  expect(thresholdFor(right)).toBeUndefined();
  expect(thresholdFor([...right, ...right])).toBe(0.95);
});

test('without failures the threshold is at most the target; with failures it lies half way above them', () => {
  const at = (score: number, right: boolean) => Array.from({ length: 100 }, () => ({ score, right }));
  expect(thresholdFor(at(0.99, true))).toBe(0.95);
  expect(thresholdFor([...at(0.99, true), ...at(0.5, false)])).toBe(0.95);
  expect(thresholdFor([...at(0.99, true), ...at(0.97, false)])).toBeCloseTo(0.98);
  expect(thresholdFor([...at(0.99, true), ...at(0.8, true)])).toBe(0.8);
});

const ABOVE: Readonly<Record<string, string>> = { boots: 'shoes', sandals: 'shoes', rings: 'jewellery' };
const lineage = (id: string): string[] => [id, ...(ABOVE[id] === undefined ? [] : [ABOVE[id]])];
const usual = (): number => 0.95;

const some = (count: number, category: string, score: number, right: boolean, more = {}): Outcome[] =>
  Array.from({ length: count }, () => ({ score, right, category, ...more }));
/** The threshold in a category; undefined if nothing is applied there. */
const fromIn = (
  outcomes: Outcome[],
  category: string,
  targetOf: (levels: readonly string[]) => number = usual,
): number | undefined => thresholdIn(thresholdsByCategory(outcomes, lineage, targetOf), lineage(category));

const good = [...some(200, 'boots', 0.9, true), ...some(200, 'rings', 0.9, true)];

test('a category without contrary outcomes follows its field, and so does one never seen', () => {
  const { applyFrom, byCategory } = thresholdsByCategory(good, lineage, usual);
  expect(applyFrom).toBe(0.9);
  expect(byCategory.size).toBe(0);
  expect(fromIn(good, 'sandals')).toBe(0.9);
});

test('a category that is often wrong loses its threshold, without effect on others, and right answers restore it', () => {
  const wrong = [...good, ...some(8, 'sandals', 0.92, false)];
  expect(fromIn(wrong, 'sandals')).toBeUndefined();
  expect(fromIn(wrong, 'rings')).toBe(0.9);
  expect(fromIn(wrong, 'boots')).toBe(0.9);
  expect(fromIn([...wrong, ...some(200, 'sandals', 0.92, true)], 'sandals')).toBe(0.9);
});

test('a category whose less sure answers are wrong applies only the surer ones', () => {
  const mixed = [...good, ...some(200, 'sandals', 0.98, true), ...some(16, 'sandals', 0.91, false)];
  expect(fromIn(mixed, 'sandals')).toBe(0.95);
});

test('rejections below the threshold count against values above it, beyond what chance explains', () => {
  const reviewed = { reviewed: true, weight: 4 / 16 };
  const rejected = [
    ...good,
    ...some(16, 'sandals', 0.7, false, reviewed),
    ...some(16, 'sandals', 0.6, false, reviewed),
  ];
  expect(fromIn(rejected, 'sandals')).toBeUndefined();
  expect(fromIn(rejected, 'rings')).toBe(0.9);
  const asForetold = [...good, ...some(14, 'sandals', 0.6, true), ...some(10, 'sandals', 0.6, false)];
  expect(fromIn(asForetold, 'sandals')).toBe(0.9);
});

test('rejections throughout one category do not count against the whole field', () => {
  const rejected = [...good, ...some(100, 'sandals', 0.95, false, { reviewed: true })];
  expect(thresholdFor(rejected)).toBeUndefined();
  expect(fromIn(rejected, 'rings')).toBe(0.9);
  expect(fromIn(rejected, 'boots')).toBe(0.9);
  expect(fromIn(rejected, 'sandals')).toBeUndefined();
});

test('a category may have a threshold that its field lacks, if its own outcomes are strong enough', () => {
  const poor = [...some(100, 'rings', 0.9, true), ...some(30, 'rings', 0.9, false)];
  expect(fromIn([...poor, ...some(45, 'boots', 0.9, true)], 'boots')).toBeUndefined();
  expect(fromIn([...poor, ...some(200, 'boots', 0.9, true)], 'boots')).toBe(0.9);
  expect(fromIn([...poor, ...some(200, 'boots', 0.9, true)], 'rings')).toBeUndefined();
});

test('the more categories are tested, the more outcomes a category needs', () => {
  const rest = some(100, 'rings', 0.9, false);
  const crowd = Array.from({ length: 200 }, (_, n) => some(40, `c${n}`, 0.5, false)).flat();
  const tried = [...rest, ...some(110, 'boots', 0.9, true)];
  expect(fromIn(tried, 'boots')).toBe(0.9);
  expect(fromIn([...tried, ...crowd], 'boots')).toBeUndefined();
});

test('a stricter target for a category holds for its descendants, seen or not', () => {
  const strict = (levels: readonly string[]): number => (levels.includes('shoes') ? 0.999 : 0.95);
  const { byCategory } = thresholdsByCategory(good, lineage, strict, ['shoes']);
  expect([...byCategory]).toEqual([['shoes', undefined]]);
  expect(fromIn(good, 'rings', strict)).toBe(0.9);
});

describe('for any outcomes', () => {
  const outcome = fc.record({
    score: fc.integer({ min: 50, max: 100 }).map((percent) => percent / 100),
    right: fc.integer({ min: 0, max: 19 }).map((luck) => luck > 0),
    category: fc.constantFrom('boots', 'sandals', 'shoes', 'rings', undefined),
    reviewed: fc.boolean(),
  });

  test('no threshold is below the minimum, and more wrong answers never lower one', () => {
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 40, maxLength: 300 }), fc.nat(30), (all, count) => {
        const before = fromIn(all, 'sandals');
        if (before !== undefined) expect(before).toBeGreaterThanOrEqual(MIN_APPLIED);
        const after = fromIn([...all, ...some(count, 'sandals', 1, false)], 'sandals');
        if (before === undefined) expect(after).toBeUndefined();
        else if (after !== undefined) expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('a field without categories has one threshold', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 200 }), (all) => {
        const whole = all.map((one) => ({ ...one, category: undefined }));
        const { applyFrom, byCategory } = thresholdsByCategory(whole, lineage, usual);
        expect(byCategory.size).toBe(0);
        expect(applyFrom).toBe(thresholdFor(whole));
      }),
    );
  });
});
