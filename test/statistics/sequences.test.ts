import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seededRandom.js';
import {
  differencePValue,
  differenceSequence,
  fixedPValue,
  meanSequence,
  relativeSequence,
  shareSequence,
} from '../../src/statistics/confidenceSequence.js';
import { planDuration } from '../../src/statistics/duration.js';
import { logBeta, logChoose, logGamma, normalCdf, normalQuantile } from '../../src/statistics/normal.js';
import { RatioStats, winsorize } from '../../src/statistics/ratioStats.js';
import { sampleRatioPValue } from '../../src/statistics/sampleRatio.js';
import { sampleNormal } from '../../src/statistics/thompson.js';

const RUNS = 1000;
const DAYS = 20;
const PER_DAY = 200;
const SEED = 16;

type Draw = (random: () => number) => number;
/** What a shopper's visit may be worth: a conversion, an order of heavy-tailed value, a preference of -1, 0 or 1. */
const conversion =
  (rate: number): Draw =>
  (random) =>
    random() < rate ? 1 : 0;
const CAP = 300;
const revenue: Draw = (random) =>
  random() < 0.06 ? winsorize(Math.exp(3 + 1.1 * sampleNormal(random)), CAP) : 0;
const preference: Draw = (random) => (random() < 0.4 ? 0 : random() < 0.5 ? 1 : -1);

/** Share of runs in which any look, after each of 20 days, has `isMissed`. */
function missShare(draw: Draw, isMissed: (a: RatioStats, b: RatioStats) => boolean, seed: number): number {
  const random = seededRandom(seed);
  let missed = 0;
  for (let run = 0; run < RUNS; run++) {
    const [a, b] = [new RatioStats(), new RatioStats()];
    for (let day = 0; day < DAYS; day++) {
      for (let unit = 0; unit < PER_DAY; unit++) (random() < 0.5 ? a : b).add(draw(random));
      if (isMissed(a, b)) {
        missed++;
        break;
      }
    }
  }
  return missed / RUNS;
}

it(`A/A: ${RUNS} runs of ${DAYS} looks find a difference in at most 5 %, where a fixed test does in far more (seed ${SEED})`, () => {
  const rejects = (a: RatioStats, b: RatioStats): boolean => {
    const { low, high } = differenceSequence(a, b);
    return low > 0 || high < 0;
  };
  expect(missShare(conversion(0.03), rejects, SEED)).toBeLessThanOrEqual(0.05);
  expect(missShare(conversion(0.4), rejects, SEED + 1)).toBeLessThanOrEqual(0.05);
  expect(missShare(revenue, rejects, SEED + 2)).toBeLessThanOrEqual(0.05);
  expect(missShare(preference, rejects, SEED + 3)).toBeLessThanOrEqual(0.05);
  expect(missShare(conversion(0.4), (a, b) => fixedPValue(a, b) < 0.05, SEED + 1)).toBeGreaterThan(0.15);
});

it(`covers the true mean over the whole path in at least 95 % of the runs (seed ${SEED})`, () => {
  const misses =
    (mean: number) =>
    (a: RatioStats): boolean => {
      const { low, high } = meanSequence(a);
      return low > mean || high < mean;
    };
  expect(missShare(conversion(0.03), misses(0.03), SEED)).toBeLessThanOrEqual(0.05);
  expect(missShare(preference, misses(0), SEED + 1)).toBeLessThanOrEqual(0.05);
  const sample = seededRandom(SEED + 2);
  let sum = 0;
  for (let i = 0; i < 3_000_000; i++) sum += revenue(sample);
  expect(missShare(revenue, misses(sum / 3_000_000), SEED + 3)).toBeLessThanOrEqual(0.05);
});

it(`the exact sequence of a share holds from the first trial on (seed ${SEED})`, () => {
  for (const rate of [0.05, 0.5, 0.6]) {
    const random = seededRandom(SEED);
    let missed = 0;
    for (let run = 0; run < RUNS; run++) {
      let successes = 0;
      for (let trial = 1; trial <= 200; trial++) {
        if (random() < rate) successes++;
        const { low, high } = shareSequence(successes, trial);
        if (low > rate || high < rate) {
          missed++;
          break;
        }
      }
    }
    expect(missed / RUNS).toBeLessThanOrEqual(0.05);
  }
  expect(shareSequence(0, 0)).toEqual({ estimate: 0.5, low: 0, high: 1 });
  expect(shareSequence(200, 200).high).toBe(1);
});

it('finds a real difference, within its bounds, absolute and relative', () => {
  const random = seededRandom(SEED);
  const [a, b] = [new RatioStats(), new RatioStats()];
  for (let unit = 0; unit < 20_000; unit++) {
    a.add(conversion(0.1)(random));
    b.add(conversion(0.13)(random));
  }
  const difference = differenceSequence(a, b);
  expect(difference.low).toBeGreaterThan(0);
  expect(difference.low).toBeLessThan(0.03);
  expect(difference.high).toBeGreaterThan(0.03);
  const relative = relativeSequence(a, b);
  expect(relative.low).toBeLessThan(0.3);
  expect(relative.high).toBeGreaterThan(0.3);
  expect(differencePValue(a, b)).toBeLessThan(0.001);
});

it('says nothing before there are enough units, and the p-value agrees with the interval', () => {
  const few = new RatioStats();
  for (let unit = 0; unit < 1000; unit++) few.add(unit < 29 ? 1 : 0);
  expect(meanSequence(few)).toMatchObject({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 5000 }),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      fc.double({ min: 0.01, max: 0.2, noNaN: true }),
      (units, first, second, alpha) => {
        const stats = (rate: number): RatioStats => {
          const hits = Math.max(30, Math.round(units * rate));
          return new RatioStats({ units, nonZero: hits, x: hits, n: units, xx: hits, nn: units, xn: hits });
        };
        const [a, b] = [stats(first), stats(second)];
        const { low, high } = differenceSequence(a, b, { alpha });
        const isExcluded = low > 0 || high < 0;
        const p = differencePValue(a, b, { alpha });
        if (Math.abs(p - alpha) > 1e-9) expect(p < alpha).toBe(isExcluded);
      },
    ),
    { numRuns: 200 },
  );
});

it('computes a ratio and its variance as a naive model does', () => {
  const units = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 2,
    maxLength: 40,
  });
  fc.assert(
    fc.property(units, (rows) => {
      const stats = new RatioStats();
      for (const [x, n] of rows) stats.add(x, n);
      const mean = (values: number[]): number =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      const [xs, ns] = [rows.map(([x]) => x), rows.map(([, n]) => n)];
      const ratio = mean(xs) / mean(ns);
      const residuals = rows.map(([x, n]) => ((x - ratio * n) / mean(ns)) ** 2);
      const variance = (mean(residuals) * rows.length) / (rows.length - 1) / rows.length;
      expect(stats.value).toBeCloseTo(ratio, 10);
      expect(stats.variance).toBeCloseTo(variance, 8);
      expect(new RatioStats(stats.sums())).toEqual(stats);
    }),
    { numRuns: 200 },
  );
});

it(`plans a duration after which the sequential test has the wanted power (seed ${SEED})`, () => {
  const baseline = 0.1;
  const plan = { unitsPerDay: 1000, baseline, deviation: Math.sqrt(0.09), effect: 0.3, power: 0.8 };
  const { sequential, typical, fixed } = planDuration(plan);
  // 4 * 0.09 / 0.03² * (1.96 + 0.8416)² = 3140.
  expect(fixed.units).toBeGreaterThan(3130);
  expect(fixed.units).toBeLessThan(3150);
  expect(fixed.days).toBe(4);
  expect(typical.units).toBeLessThan(sequential.units);
  const random = seededRandom(SEED);
  let found = 0;
  let unitsUntilFound = 0;
  for (let run = 0; run < 300; run++) {
    const [a, b] = [new RatioStats(), new RatioStats()];
    while (a.units + b.units < sequential.units) {
      for (let i = 0; i < 100; i++) {
        if (random() < 0.5) a.add(conversion(baseline)(random));
        else b.add(conversion(1.3 * baseline)(random));
      }
      if (differenceSequence(a, b, { planned: sequential.units }).low > 0) {
        found++;
        break;
      }
    }
    unitsUntilFound += a.units + b.units;
  }
  expect(found / 300).toBeGreaterThanOrEqual(0.8);
  expect(unitsUntilFound / 300).toBeLessThan(sequential.units);
  expect(() => planDuration({ ...plan, effect: 0 })).toThrow(RangeError);
});

it(`sample ratio: ${RUNS} right ones alarm in at most 1 %, looked at after each day; a ratio of 52:48 is found (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const alarmAt = (share: number): number | undefined => {
    const counts = [0, 0, 0];
    for (let day = 1; day <= 50; day++) {
      for (let unit = 0; unit < 400; unit++) {
        const place = random() < share ? 0 : random() < 0.5 ? 1 : 2;
        counts[place] = (counts[place] ?? 0) + 1;
      }
      if (sampleRatioPValue(counts, [2, 1, 1]) < 0.01) return day;
    }
    return undefined;
  };
  let alarms = 0;
  for (let run = 0; run < RUNS; run++) if (alarmAt(0.5) !== undefined) alarms++;
  expect(alarms / RUNS).toBeLessThanOrEqual(0.01);
  let found = 0;
  for (let run = 0; run < 100; run++) if (alarmAt(0.52) !== undefined) found++;
  expect(found).toBeGreaterThan(95);
  expect(sampleRatioPValue([0, 0], [1, 1])).toBeCloseTo(1, 10);
});

it('knows the gamma function, the normal distribution and its quantiles', () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 9);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10);
  expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 8);
  expect(logChoose(3, 4)).toBe(Number.NEGATIVE_INFINITY);
  expect(Math.exp(logBeta([2, 3]))).toBeCloseTo(1 / 12, 10);
  for (const [p, z] of [
    [0.5, 0],
    [0.975, 1.959964],
    [0.8, 0.841621],
    [1e-6, -4.753424],
  ] as const) {
    expect(normalQuantile(p)).toBeCloseTo(z, 4);
    expect(normalCdf(z)).toBeCloseTo(p, 6);
  }
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
});
