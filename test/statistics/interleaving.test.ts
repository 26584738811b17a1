import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { assignVariant, hashToUnit } from '../../src/statistics/assign.js';
import { widthInErrors } from '../../src/statistics/confidenceSequence.js';
import { diversify, type Grouped } from '../../src/statistics/diversify.js';
import { creditClicks, sessionPreference, teamDraft } from '../../src/statistics/interleave.js';
import { PlaceCredit } from '../../src/statistics/placeCredit.js';
import { sampleBeta, thompsonOrder } from '../../src/statistics/thompson.js';

const SEED = 16;
const ids = Array.from({ length: 20_000 }, (_, i) => `shopper-${i}`);

it('assigns an id to the same variant for ever, in the ratio wanted, and keeps it when the share grows', () => {
  const allocation = { salt: 'one', share: 0.2, weights: [1, 0, 3] };
  const counts = [0, 0, 0];
  for (const id of ids) {
    const place = assignVariant(id, allocation);
    expect(assignVariant(id, { ...allocation })).toBe(place);
    if (place === undefined) continue;
    counts[place] = (counts[place] ?? 0) + 1;
    expect(assignVariant(id, { ...allocation, share: 0.5 })).toBe(place);
  }
  const [first = 0, none = 0, third = 0] = counts;
  expect(none).toBe(0);
  expect(Math.abs((first + third) / ids.length - 0.2)).toBeLessThan(0.01);
  expect(Math.abs(third / (first + third) - 0.75)).toBeLessThan(0.03);
  expect(assignVariant('x', { salt: 'one', share: 1, weights: [0] })).toBeUndefined();
  expect(assignVariant('x', { salt: 'one', share: 0, weights: [1] })).toBeUndefined();
});

it('assigns independently in two experiments (chi-square of the 2 x 2 table below the 0.1 % bound)', () => {
  const table = [0, 0, 0, 0];
  for (const id of ids) {
    const cell = 2 * (hashToUnit('one', id) < 0.5 ? 0 : 1) + (hashToUnit('two', id) < 0.5 ? 0 : 1);
    table[cell] = (table[cell] ?? 0) + 1;
  }
  const expected = ids.length / 4;
  expect(table.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(16.27);
  expect(hashToUnit('a', 'b:c')).not.toBe(hashToUnit('a:b', 'c'));
});

const ranking = fc.uniqueArray(fc.integer({ min: 0, max: 15 }).map(String), { maxLength: 12 });

it('interleaves: no product twice, all within reach, each team in its own order, at most one place apart', () => {
  fc.assert(
    fc.property(ranking, ranking, fc.integer({ min: 0, max: 20 }), fc.integer(), (a, b, length, seed) => {
      const { ids: list, teams } = teamDraft(a, b, length, seededRandom(seed));
      const union = new Set([...a, ...b]);
      expect(new Set(list).size).toBe(list.length);
      expect(list.length).toBe(Math.min(length, union.size));
      expect(teams.length).toBe(list.length);
      for (const team of ['A', 'B'] as const) {
        const own = team === 'A' ? a : b;
        const places = list.filter((_, place) => teams[place] === team).map((id) => own.indexOf(id));
        expect(places).toEqual([...places].sort((x, y) => x - y));
        expect(places).not.toContain(-1);
      }
      const count = (team: 'A' | 'B'): number => teams.filter((one) => one === team).length;
      expect(Math.abs(count('A') - count('B'))).toBeLessThanOrEqual(1);
      // A pick is the best that its ranking had left.
      for (const [place, id] of list.entries()) {
        const own = teams[place] === 'A' ? a : teams[place] === 'B' ? b : undefined;
        if (own !== undefined) expect(own.find((one) => !list.slice(0, place).includes(one))).toBe(id);
      }
    }),
    { numRuns: 500 },
  );
});

it('gives no team to what both want next nor to what is left of the longer ranking', () => {
  expect(teamDraft(['1', '2', '3'], ['1', '2', '3'], 9, Math.random)).toEqual({
    ids: ['1', '2', '3'],
    teams: [null, null, null],
  });
  expect(teamDraft(['a', 'b', '1', '2'], ['b', 'a', '1', '3'], 9, () => 0)).toEqual({
    ids: ['a', 'b', '1', '2', '3'],
    teams: ['A', 'B', null, 'A', 'B'],
  });
  const { ids: list, teams } = teamDraft(['1', 'a', 'x', 'y'], ['1', 'b'], 9, () => 0);
  expect(list).toEqual(['1', 'a', 'b', 'x', 'y']);
  expect(teams).toEqual([null, 'A', 'B', null, null]);
});

it(`swapping the rankings swaps the wins: random clicks favour neither, whatever the lengths (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  let sum = 0;
  for (let session = 0; session < 6000; session++) {
    const made = teamDraft(['1', '2', '3', '4', '5', '6'], ['1', '4', '2', '9'], 10, random);
    const clicked = made.ids.filter((_, rank) => random() < 1 / (rank + 1));
    sum += sessionPreference([creditClicks(made, clicked)]);
  }
  // Four standard errors.
  expect(Math.abs(sum / 20_000)).toBeLessThan(4 / Math.sqrt(20_000));
});

it('credits each product once, and nobody for unknown ids', () => {
  const made = { ids: ['1', '2', '3'], teams: ['A', 'B', null] as const };
  expect(creditClicks(made, ['1', '1', '3', '7'])).toEqual({ a: 1, b: 0 });
  expect(sessionPreference([{ a: 1, b: 0 }])).toBe(-1);
  expect(
    sessionPreference([
      { a: 1, b: 0 },
      { a: 0, b: 2 },
    ]),
  ).toBe(1);
  expect(sessionPreference([])).toBe(0);
});

it(`Thompson sampling ends with the best of three new products and tries all (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const rates = new Map([
    ['a', 0.02],
    ['b', 0.1],
    ['c', 0.04],
  ]);
  const trials = new Map([...rates.keys()].map((id) => [id, { id, successes: 0, failures: 0 }]));
  const shown = new Map<string, number>();
  for (let round = 0; round < 5000; round++) {
    const [first = ''] = thompsonOrder([...trials.values()], random);
    const trial = trials.get(first);
    if (trial === undefined) throw new Error(first);
    shown.set(first, (shown.get(first) ?? 0) + 1);
    if (random() < (rates.get(first) ?? 0)) trial.successes++;
    else trial.failures++;
  }
  expect(shown.size).toBe(3);
  expect(shown.get('b')).toBeGreaterThan(4000);
});

it(`draws Beta values with the right mean and variance, for small shapes too (seed ${SEED})`, () => {
  for (const [a, b] of [
    [0.05, 0.95],
    [2, 5],
    [40, 3],
  ] as const) {
    const random = seededRandom(SEED);
    const draws = Array.from({ length: 20_000 }, () => sampleBeta(a, b, random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    const expected = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(5 * Math.sqrt(expected / draws.length));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.1);
  }
});

it('diversifies: a permutation that keeps the order within a group; 1 keeps all, less takes brands in turns', () => {
  const hits = fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('x', 'y', null)), {
      maxLength: 15,
    })
    .map((rows) =>
      rows
        .map(([score, group], i): Grouped => ({ id: String(i), score, group }))
        .sort((a, b) => b.score - a.score),
    );
  fc.assert(
    fc.property(hits, fc.double({ min: 0, max: 1, noNaN: true }), (list, lambda) => {
      const mixed = diversify(list, lambda);
      expect([...mixed].sort((a, b) => list.indexOf(a) - list.indexOf(b))).toEqual(list);
      for (const group of ['x', 'y'])
        expect(mixed.filter((hit) => hit.group === group)).toEqual(list.filter((hit) => hit.group === group));
      expect(diversify(list, 1)).toEqual(list);
    }),
    { numRuns: 200 },
  );
  const list = ['x', 'x', 'x', 'y'].map((group, i) => ({ id: String(i), score: 1 - i / 10, group }));
  expect(diversify(list, 0.3).map(({ id }) => id)).toEqual(['0', '3', '1', '2']);
});

it('credits by place what is clicked more than usual there: nothing for blind clicks, the sign by the better ranking', () => {
  const random = seededRandom(SEED);
  const a = ['x', 'y', 'z', 'u'];
  const b = ['z', 'x', 'u', 'y'];
  const run = (attractive: (id: string) => number, first = a, second = b): PlaceCredit => {
    const credit = new PlaceCredit();
    for (let session = 0; session < 6000; session++) {
      const { ids: mixed } = teamDraft(first, second, 4, random);
      const placesIn = (list: string[]) => mixed.map((id) => list.indexOf(id) + 1);
      const clicked = mixed.flatMap((id, rank) => (random() < attractive(id) / (rank + 1) ? [rank] : []));
      credit.add({ a: placesIn(first), b: placesIn(second) }, clicked);
    }
    return credit;
  };
  const blind = run(() => 0.4).interval();
  expect(blind.low).toBeLessThan(0);
  expect(blind.high).toBeGreaterThan(0);
  const likesZ = (id: string): number => (id === 'z' ? 0.6 : 0.2);
  const better = run(likesZ).interval();
  expect(better.low).toBeGreaterThan(0);
  const swapped = run(likesZ, b, a).interval();
  expect(swapped.high).toBeLessThan(0);
  expect(swapped.estimate).toBeCloseTo(-better.estimate, 1);
  expect(new PlaceCredit().interval()).toMatchObject({ estimate: 0, low: Number.NEGATIVE_INFINITY });
});

it('has the mean and the variance of the credit by places that a naive count of all sessions has', () => {
  const random = seededRandom(SEED + 1);
  const credit = new PlaceCredit();
  const rows = Array.from({ length: 400 }, () => {
    const places = () => [1, 2, 3].map((place) => (random() < 0.2 ? undefined : 1 + ((place * 7) % 5)));
    const row = { a: places(), b: places(), clicked: [0, 1, 2].filter(() => random() < 0.4) };
    credit.add(row, row.clicked);
    return row;
  });
  const of = (place: number | undefined): number => (place === undefined ? 0 : 1 / place);
  const creditAt = (row: (typeof rows)[number], rank: number): number => of(row.b[rank]) - of(row.a[rank]);
  const clickAt = (row: (typeof rows)[number], rank: number): number => Number(row.clicked.includes(rank));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const usual = [0, 1, 2].map((rank) => ({
    click: mean(rows.map((row) => clickAt(row, rank))),
    credit: mean(rows.map((row) => creditAt(row, rank))),
  }));
  const each = rows.map((row) =>
    usual.reduce(
      (sum, { click, credit: average }, rank) =>
        sum + (clickAt(row, rank) - click) * (creditAt(row, rank) - average),
      0,
    ),
  );
  const { estimate, high } = credit.interval();
  expect(estimate).toBeCloseTo(mean(each), 10);
  const variance = mean(each.map((value) => (value - mean(each)) ** 2)) / (rows.length - 1);
  expect(high - estimate).toBeCloseTo(widthInErrors(rows.length) * Math.sqrt(variance), 10);
});
