import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyFromIn } from '../../../src/enrich/calibration/answer.js';
import type { Outcome } from '../../../src/enrich/calibration/curve.js';
import { MIN_APPLIED, thresholdFor } from '../../../src/enrich/calibration/decide.js';
import { thresholdsByCategory } from '../../../src/enrich/calibration/thresholds.js';

const ABOVE: Readonly<Record<string, string>> = { boots: 'shoes', sandals: 'shoes', rings: 'jewellery' };
const lineage = (id: string): string[] => [id, ...(ABOVE[id] === undefined ? [] : [ABOVE[id]])];
const usual = (): number => 0.95;

const some = (count: number, category: string, score: number, right: boolean, more = {}): Outcome[] =>
  Array.from({ length: count }, () => ({ score, right, category, ...more }));
/** From where values apply themselves there; undefined: nowhere. */
const fromIn = (
  outcomes: Outcome[],
  category: string,
  targetOf: (levels: readonly string[]) => number = usual,
): number | undefined =>
  applyFromIn({ ...thresholdsByCategory(outcomes, lineage, targetOf), suggestFrom: 0 }, lineage(category));

const good = [...some(200, 'boots', 0.9, true), ...some(200, 'rings', 0.9, true)];

test('a category that is known no better than its field follows it, and so does one never seen', () => {
  const { applyFrom, byCategory } = thresholdsByCategory(good, lineage, usual);
  expect(applyFrom).toBe(0.9);
  expect(byCategory.size).toBe(0);
  expect(fromIn(good, 'sandals')).toBe(0.9);
});

test('where a category is often wrong it loses autonomy, there only, and what is right brings it back', () => {
  const wrong = [...good, ...some(8, 'sandals', 0.92, false)];
  expect(fromIn(wrong, 'sandals')).toBeUndefined();
  expect(fromIn(wrong, 'rings')).toBe(0.9);
  expect(fromIn(wrong, 'boots')).toBe(0.9);
  expect(fromIn([...wrong, ...some(200, 'sandals', 0.92, true)], 'sandals')).toBe(0.9);
});

test('a category whose unsure answers are wrong applies only the surer ones', () => {
  const mixed = [...good, ...some(200, 'sandals', 0.98, true), ...some(16, 'sandals', 0.91, false)];
  expect(fromIn(mixed, 'sandals')).toBe(0.95);
});

test('what people reject below the threshold speaks against what is above it, as far as chance does not explain it', () => {
  const decided = { decided: true, weight: 4 / 16 };
  const rejected = [
    ...good,
    ...some(16, 'sandals', 0.7, false, decided),
    ...some(16, 'sandals', 0.6, false, decided),
  ];
  expect(fromIn(rejected, 'sandals')).toBeUndefined();
  expect(fromIn(rejected, 'rings')).toBe(0.9);
  const asForetold = [...good, ...some(14, 'sandals', 0.6, true), ...some(10, 'sandals', 0.6, false)];
  expect(fromIn(asForetold, 'sandals')).toBe(0.9);
});

test('a category that people reject throughout does not take the whole field along', () => {
  const rejected = [...good, ...some(100, 'sandals', 0.95, false, { decided: true })];
  expect(thresholdFor(rejected)).toBeUndefined();
  expect(fromIn(rejected, 'rings')).toBe(0.9);
  expect(fromIn(rejected, 'boots')).toBe(0.9);
  expect(fromIn(rejected, 'sandals')).toBeUndefined();
});

test('a category may do what its field may not, if its own outcomes leave no doubt', () => {
  const poor = [...some(100, 'rings', 0.9, true), ...some(30, 'rings', 0.9, false)];
  expect(fromIn([...poor, ...some(45, 'boots', 0.9, true)], 'boots')).toBeUndefined();
  expect(fromIn([...poor, ...some(200, 'boots', 0.9, true)], 'boots')).toBe(0.9);
  expect(fromIn([...poor, ...some(200, 'boots', 0.9, true)], 'rings')).toBeUndefined();
});

test('the more categories could be lucky, the more it takes', () => {
  const rest = some(100, 'rings', 0.9, false);
  const crowd = Array.from({ length: 200 }, (_, n) => some(40, `c${n}`, 0.5, false)).flat();
  const tried = [...rest, ...some(110, 'boots', 0.9, true)];
  expect(fromIn(tried, 'boots')).toBe(0.9);
  expect(fromIn([...tried, ...crowd], 'boots')).toBeUndefined();
});

test('a stricter target for a department holds for all below it, seen or not', () => {
  const strict = (levels: readonly string[]): number => (levels.includes('shoes') ? 0.999 : 0.95);
  const { byCategory } = thresholdsByCategory(good, lineage, strict, ['shoes']);
  expect([...byCategory]).toEqual([['shoes', undefined]]);
  expect(fromIn(good, 'rings', strict)).toBe(0.9);
});

describe('of any outcomes', () => {
  const outcome = fc.record({
    score: fc.integer({ min: 50, max: 100 }).map((percent) => percent / 100),
    right: fc.integer({ min: 0, max: 19 }).map((luck) => luck > 0),
    category: fc.constantFrom('boots', 'sandals', 'shoes', 'rings', undefined),
    decided: fc.boolean(),
  });

  test('nothing applies below the least, and more wrong answers never widen what applies', () => {
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

  test('a field without categories is judged as a whole, as ever', () => {
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
