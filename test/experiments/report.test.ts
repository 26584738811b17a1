import { expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { experimentSchema, METRIC_NAMES, type MetricName } from '../../src/experiments/definition.js';
import type { Measured, VariantSums } from '../../src/experiments/measure.js';
import { reportOf } from '../../src/experiments/report.js';
import { RatioStats } from '../../src/statistics/ratioStats.js';

const DAY = 86_400_000;
const ab = experimentSchema.parse({
  ...{ name: 'try', target: 'click_through_rate', planned_clients: 4000 },
  variants: [{ name: 'today' }, { name: 'new', search: { meaning: false } }],
});

/** Clients who search three times, with these chances for each metric. */
function variant(
  name: string,
  clients: number,
  chances: Partial<Record<MetricName, number>>,
  seed: number,
): VariantSums {
  const random = seededRandom(seed);
  const stats = Object.fromEntries(METRIC_NAMES.map((metric) => [metric, new RatioStats()]));
  for (let client = 0; client < clients; client++)
    for (const metric of METRIC_NAMES) {
      const chance = chances[metric] ?? 0.5;
      let x = 0;
      for (let search = 0; search < 3; search++) if (random() < chance) x++;
      stats[metric]?.add(x, 3);
    }
  const of = (metric: MetricName) => stats[metric] ?? new RatioStats();
  const [a, b, c, d, e, f, g, h] = METRIC_NAMES;
  const metrics = {
    [a]: of(a),
    [b]: of(b),
    [c]: of(c),
    [d]: of(d),
    [e]: of(e),
    [f]: of(f),
    [g]: of(g),
    [h]: of(h),
  };
  return { name, clients, searches: 3 * clients, metrics };
}

function measured(variants: readonly VariantSums[], preference = { first: 0, second: 0 }): Measured {
  const target = variants.map(({ metrics }) => metrics.click_through_rate);
  return { variants, preference, segments: [], curve: [{ at: DAY, target, preference }] };
}

const report = (given: Measured, experiment = ab, stopped: number | null = null) =>
  reportOf({ experiment, started: 0, stopped }, given);

it.each([
  [
    'better',
    0.3,
    0.4,
    /^new is better than today; searches with a click: \+1?\d(?:\.\d)? points \(between \+\d/,
  ],
  ['worse', 0.4, 0.3, /^new is worse than today; .*\(between -1?\d/],
  ['no_difference', 0.9, 0.9, /^There is no difference that matters between today and new/],
  ['too_early', 0.1, 0.103, /^It is too early to say/],
])('says %s in figures and words', (outcome, today, next, verdict) => {
  const found = report(
    measured([
      variant('today', 4000, { click_through_rate: today }, 1),
      variant('new', 4000, { click_through_rate: next }, 2),
    ]),
  );
  expect(found.outcome).toBe(outcome);
  expect(found.verdict).toMatch(verdict);
  expect(found.next_step).toMatch(
    /^(?:Stop it with shelfwright experiment stop try|Make new the ranking|Let it run)/,
  );
  const { value, low, high } = found.variants[1]?.differences?.click_through_rate ?? {
    value: 0,
    low: 1,
    high: -1,
  };
  expect(value).toBeCloseTo(next - today, 1);
  expect(low ?? 1).toBeLessThan(next - today);
  expect(high ?? -1).toBeGreaterThan(next - today);
});

it('says nothing of few shoppers, whatever the difference', () => {
  const found = report(
    measured([
      variant('today', 60, { click_through_rate: 0.1 }, 1),
      variant('new', 60, { click_through_rate: 0.9 }, 2),
    ]),
  );
  expect(found.outcome).toBe('too_early');
});

it('breaks a guardrail also where the first variant always finds something, and not by chance', () => {
  const outcome = (emptyRate: number) =>
    report(
      measured([
        variant('today', 2000, { click_through_rate: 0.3, empty_rate: 0 }, 1),
        variant('new', 2000, { click_through_rate: 0.3, empty_rate: emptyRate }, 2),
      ]),
    ).variants[1]?.broken_guardrails;
  expect(outcome(0.1)).toEqual(['empty_rate']);
  expect(outcome(0.0003)).toEqual([]);
});

it('stops at a guardrail, also where the target is better', () => {
  const found = report(
    measured([
      variant('today', 4000, { click_through_rate: 0.3, empty_rate: 0.1 }, 1),
      variant('new', 4000, { click_through_rate: 0.5, empty_rate: 0.3 }, 2),
    ]),
  );
  expect(found.outcome).toBe('guardrail');
  expect(found.verdict).toMatch(
    /^new makes something else worse than the guardrails allow: searches without results [\d.]+ % instead of [\d.]+ %, and 20 % more are allowed\.$/,
  );
});

it('finds groups whose sizes cannot be, before it compares anything', () => {
  const found = report(
    measured([
      variant('today', 4000, { click_through_rate: 0.3 }, 1),
      variant('new', 3400, { click_through_rate: 0.5 }, 2),
    ]),
  );
  expect(found.outcome).toBe('broken');
  expect(found.next_step).toMatch(/today has 4000 shoppers, new has 3400 shoppers/);
});

it.each([
  ['better', 40, 90],
  ['worse', 90, 40],
  ['too_early', 30, 32],
  ['too_early', 0, 20],
])('reads a mixed experiment as %s where %i prefer the first and %i the second', (outcome, first, second) => {
  const experiment = experimentSchema.parse({ ...ab, mode: 'interleaving' });
  const found = report(measured([variant('interleaved', 200, {}, 1)], { first, second }), experiment);
  expect(found.outcome).toBe(outcome);
  expect(found.preference?.value).toBeCloseTo((second - first) / (second + first), 9);
});

it('says of a stopped experiment what it came to, and not to stop it', () => {
  const found = report(
    measured([
      variant('today', 4000, { click_through_rate: 0.3 }, 1),
      variant('new', 4000, { click_through_rate: 0.4 }, 2),
    ]),
    ab,
    DAY,
  );
  expect(found.next_step).toBe('Make new the ranking that serves, with shelfwright experiment adopt try.');
  expect(found.stopped).toBe('1970-01-02T00:00:00.000Z');
});
