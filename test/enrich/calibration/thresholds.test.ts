import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import type { Outcome } from '../../../src/enrich/calibration/calibrationCurve.js';
import { thresholdIn } from '../../../src/enrich/calibration/policies.js';
import { PrecisionLevel } from '../../../src/enrich/calibration/precisionLevel.js';
import {
  MIN_APPLIED,
  thresholdOf,
  thresholdsByCategory,
} from '../../../src/enrich/calibration/thresholds.js';

/** The threshold of a field that no other field helps. */
const thresholdFor = (outcomes: readonly Outcome[], target = 0.95): number | undefined =>
  thresholdOf(new PrecisionLevel(outcomes, undefined), target);

test('the expected precision meets the target from the threshold on, and from no lower confidence', () => {
  const outcome = fc.record({ score: fc.double({ min: 0.5, max: 1, noNaN: true }), right: fc.boolean() });
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 200 }), fc.integer({ min: 0, max: 10 }), (some, luck) => {
      const outcomes = some.map(({ score, right }, i) => ({ score, right: right || i % 10 < luck }));
      const level = new PrecisionLevel(outcomes, undefined);
      const threshold = thresholdOf(level, 0.9);
      if (threshold !== undefined) expect(level.precision(threshold)).toBeGreaterThanOrEqual(0.9);
      for (const { score } of outcomes) {
        if (score >= MIN_APPLIED && (threshold === undefined || score < threshold))
          expect(level.precision(score)).toBeLessThan(0.9);
      }
    }),
  );
});

test('a field needs some twenty sure and right outcomes, and no fixed number of them', () => {
  const right = (count: number) => Array.from({ length: count }, () => ({ score: 0.99, right: true }));
  expect(thresholdFor([])).toBeUndefined();
  expect(thresholdFor(right(30))).toBe(0.95);
  const unsure = (count: number) => Array.from({ length: count }, () => ({ score: 0.9, right: true }));
  expect(thresholdFor(unsure(25))).toBeUndefined();
  expect(thresholdFor(unsure(80))).toBe(0.9);
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

test('of many categories as poor as their field, hardly any passes by luck', () => {
  const random = seededRandom(1);
  const crowd = Array.from({ length: 200 }, (_, n) =>
    Array.from({ length: 40 }, () => some(1, `c${n}`, 0.95, random() < 0.9)).flat(),
  ).flat();
  const { applyFrom, byCategory } = thresholdsByCategory(crowd, lineage, usual);
  expect(applyFrom).toBeUndefined();
  expect(byCategory.size).toBeLessThan(10);
  expect(fromIn([...crowd, ...some(200, 'boots', 0.95, true)], 'boots')).toBe(0.95);
});

test('a field with few outcomes leans on those of all fields', () => {
  const few = some(5, 'boots', 0.96, true);
  const fields = (right: boolean) => new PrecisionLevel(some(200, 'rings', 0.96, right), undefined);
  const from = (all: PrecisionLevel | undefined, own = few) =>
    thresholdsByCategory(own, lineage, usual, { fields: all }).applyFrom;
  expect(from(undefined)).toBeUndefined();
  expect(from(fields(true))).toBe(0.95);
  expect(from(fields(false))).toBeUndefined();
  expect(from(fields(true), some(5, 'boots', 0.96, false))).toBeUndefined();
});

test('says what keeps a field from applying, and as many right outcomes as it asks for let it apply', () => {
  const mixed = [
    ...some(27, 'boots', 0.84, true),
    ...some(4, 'boots', 0.84, false),
    ...some(9, 'boots', 0.6, true),
  ];
  const { applyFrom, waiting } = thresholdsByCategory(mixed, lineage, usual);
  expect(applyFrom).toBeUndefined();
  expect(waiting).toMatchObject({ from: 0.84, seen: 31, right: 27, target: 0.95 });
  const missing = waiting?.missing ?? 0;
  const withMore = (count: number) =>
    thresholdsByCategory(
      [...mixed, ...some(count, 'boots', 0.84, true, { reviewed: true })],
      ...[lineage, usual],
    );
  expect(withMore(missing)).toMatchObject({ applyFrom: 0.84, waiting: undefined });
  expect(withMore(missing - 20).applyFrom).toBeUndefined();
  expect(thresholdsByCategory(some(30, 'boots', 0.6, true), lineage, usual).waiting).toEqual({
    ...{ seen: 0, right: 0, target: 0.95 },
  });
  expect(thresholdsByCategory(mixed, lineage, () => 1).waiting?.missing).toBeUndefined();
});

test('a stricter target for a category holds for its descendants, seen or not', () => {
  const strict = (levels: readonly string[]): number => (levels.includes('shoes') ? 0.999 : 0.95);
  const { byCategory } = thresholdsByCategory(good, lineage, strict, { also: ['shoes'] });
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

  const unreviewed = fc
    .array(outcome, { minLength: 20, maxLength: 200 })
    .map((all) => all.map((one) => ({ ...one, reviewed: false })));

  test('no threshold is below the minimum', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 200 }), (all) => {
        expect(fromIn(all, 'sandals') ?? 1).toBeGreaterThanOrEqual(MIN_APPLIED);
      }),
    );
  });

  test('rejected values never lower a threshold', () => {
    fc.assert(
      fc.property(unreviewed, fc.nat(30), (all, count) => {
        const before = fromIn(all, 'sandals') ?? 2;
        const after = fromIn([...all, ...some(count, 'sandals', 1, false, { reviewed: true })], 'sandals');
        expect(after ?? 2).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('accepted values never raise a threshold, in their category or elsewhere', () => {
    const level = fc.constantFrom('boots', 'sandals', 'rings');
    fc.assert(
      fc.property(
        ...[unreviewed, fc.nat(30), level, level, fc.integer({ min: 50, max: 100 })],
        (all, count, taught, asked, percent) => {
          const before = fromIn(all, asked);
          const after = fromIn(
            [...all, ...some(count, taught, percent / 100, true, { reviewed: true })],
            asked,
          );
          if (before !== undefined) expect(after ?? 2).toBeLessThanOrEqual(before);
        },
      ),
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
