import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { BasketPairs, hypergeometricTail, poissonLowerBound } from '../../src/statistics/basketPairs.js';
import {
  type ClickCell,
  clickRates,
  clicksOverExpected,
  fitCascadeModel,
  fitPositionModel,
  type SeenList,
} from '../../src/statistics/clickModels.js';
import { DecayedCounts } from '../../src/statistics/decayedCounts.js';
import { kendallTau } from '../../src/statistics/kendallTau.js';

const SEED = 16;

it("computes Kendall's tau-b as the pairwise definition does", () => {
  const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(list, (rows) => {
      let [concordant, discordant, untiedX, untiedY] = [0, 0, 0, 0];
      for (const [i, [x, y]] of rows.entries()) {
        for (const [otherX, otherY] of rows.slice(i + 1)) {
          const sign = Math.sign(x - otherX) * Math.sign(y - otherY);
          if (sign > 0) concordant++;
          if (sign < 0) discordant++;
          if (x !== otherX) untiedX++;
          if (y !== otherY) untiedY++;
        }
      }
      const naive = (concordant - discordant) / Math.sqrt(untiedX * untiedY);
      const own = kendallTau(
        rows.map(([x]) => x),
        rows.map(([, y]) => y),
      );
      if (Number.isNaN(naive)) expect(own).toBeNaN();
      else expect(own).toBeCloseTo(naive, 12);
    }),
    { numRuns: 300 },
  );
  expect(() => kendallTau([1], [])).toThrow(RangeError);
});

const PAIRS = 60;
const LOOKS = [1, 0.7, 0.5, 0.35, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08];

/** Searches whose ranking shows the worst products first, as clicks of the position-based model. */
function simulate(searches: number, random: () => number): { truth: number[]; cells: ClickCell[] } {
  const truth = Array.from({ length: PAIRS }, () => 0.05 + 0.6 * random() ** 2);
  const byTruth = [...truth.keys()].sort((a, b) => (truth[a] ?? 0) - (truth[b] ?? 0));
  const cells = new Map<number, { pair: number; rank: number; shown: number; clicked: number }>();
  for (let search = 0; search < searches; search++) {
    const shown = byTruth
      .map((pair, place) => ({ pair, key: place + 25 * random() }))
      .sort((a, b) => a.key - b.key)
      .slice(0, LOOKS.length + 20 * (search % 2));
    for (const [rank, look] of LOOKS.entries()) {
      const pair = shown[shown.length - LOOKS.length + rank]?.pair ?? 0;
      const key = pair * LOOKS.length + rank;
      const cell = cells.get(key) ?? { pair, rank, shown: 0, clicked: 0 };
      cell.shown++;
      if (random() < look * (truth[pair] ?? 0)) cell.clicked++;
      cells.set(key, cell);
    }
  }
  return { truth, cells: [...cells.values()] };
}

it(`the position-based model finds examination and attractiveness, better than raw click rates (seed ${SEED})`, () => {
  const { truth, cells } = simulate(30_000, seededRandom(SEED));
  const { examination, attractiveness, converged } = fitPositionModel(cells, PAIRS);
  expect(converged).toBe(true);
  for (const [rank, look] of LOOKS.entries())
    expect(Math.abs((examination[rank] ?? 0) - look)).toBeLessThan(0.08);
  const seen = [...new Set(cells.map(({ pair }) => pair))];
  const tau = (values: ArrayLike<number>): number =>
    kendallTau(
      seen.map((pair) => truth[pair] ?? 0),
      seen.map((pair) => values[pair] ?? 0),
    );
  const raw = new Float64Array(PAIRS);
  for (const pair of seen) {
    const own = cells.filter((cell) => cell.pair === pair);
    const sum = (field: 'shown' | 'clicked'): number => own.reduce((total, cell) => total + cell[field], 0);
    raw[pair] = sum('clicked') / sum('shown');
  }
  expect(tau(attractiveness)).toBeGreaterThan(tau(raw) + 0.02);
  expect(tau(clicksOverExpected(cells, PAIRS))).toBeGreaterThan(tau(raw));
  expect(tau(attractiveness)).toBeGreaterThan(0.8);
});

const someCells = fc.array(
  fc.record({
    pair: fc.integer({ min: 0, max: 4 }),
    rank: fc.integer({ min: 0, max: 3 }),
    shown: fc.integer({ min: 1, max: 40 }),
    clicked: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 15 },
);

it('the fit never loses likelihood, ends, and stays within probabilities', () => {
  fc.assert(
    fc.property(someCells, fc.constantFrom(0, 5), (drawn, shrinkage) => {
      const cells = drawn.map((cell) => ({ ...cell, clicked: Math.min(cell.shown, cell.clicked) }));
      const { history, attractiveness, examination } = fitPositionModel(cells, 5, shrinkage);
      for (const [place, value] of history.entries()) {
        const before = history[place - 1];
        if (before !== undefined) expect(value).toBeGreaterThanOrEqual(before - 1e-3);
      }
      for (const value of [...attractiveness, ...examination]) {
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
      }
    }),
    { numRuns: 100 },
  );
});

it('shrinks products that were hardly shown to the average', () => {
  const cells = [
    { pair: 0, rank: 0, shown: 1, clicked: 1 },
    { pair: 1, rank: 0, shown: 1000, clicked: 300 },
    { pair: 2, rank: 0, shown: 1000, clicked: 100 },
  ];
  const { attractiveness } = fitPositionModel(cells, 4);
  expect(attractiveness[0]).toBeGreaterThan(0.2);
  // One click of one look; without shrinkage it would be 1.
  expect(attractiveness[0]).toBeLessThan(0.35);
  expect(attractiveness[3]).toBeCloseTo(401 / 2001, 3);
  const relative = clicksOverExpected(cells, 4);
  expect(relative[3]).toBe(1);
  expect(relative[0]).toBeLessThan(2);
  expect([...clickRates([])]).toEqual([]);
  expect(fitPositionModel([], 1).converged).toBe(true);
});

it(`the cascade model orders by what satisfies where shoppers read from the top and stop (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const attraction = [0.6, 0.5, 0.3, 0.4];
  const satisfaction = [0.1, 0.9, 0.5, 0.7];
  function* lists(): Generator<SeenList> {
    for (let search = 0; search < 8000; search++) {
      const pairs = [0, 1, 2, 3].map((pair) => ({ pair, key: random() })).sort((a, b) => a.key - b.key);
      const clicks: number[] = [];
      for (const [rank, { pair }] of pairs.entries()) {
        if (random() >= (attraction[pair] ?? 0)) continue;
        clicks.push(rank);
        if (random() < (satisfaction[pair] ?? 0)) break;
      }
      yield { pairs: pairs.map(({ pair }) => pair), clicks };
    }
  }
  const relevance = fitCascadeModel(lists(), 5);
  expect([0, 1, 2, 3].sort((a, b) => (relevance[b] ?? 0) - (relevance[a] ?? 0))[0]).toBe(1);
  expect(relevance[0]).toBeLessThan(relevance[3] ?? 0);
  expect(relevance[4]).toBeGreaterThan(0);
});

const baskets = fc.array(
  fc.array(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 }),
  {
    maxLength: 40,
  },
);

it('counts pairs as a naive model does, and with a full table never too many', () => {
  fc.assert(
    fc.property(baskets, fc.integer({ min: 1, max: 6 }), (list, maxPairs) => {
      const whole = new BasketPairs();
      const small = new BasketPairs(maxPairs);
      for (const basket of list) {
        whole.add(basket);
        small.add(basket);
      }
      const naive = (a: string, b: string): number =>
        list.filter((basket) => basket.includes(a) && basket.includes(b)).length;
      for (const { a, b, together } of whole.counted()) expect(together).toBe(naive(a, b));
      const kept = [...small.counted()];
      expect(kept.length).toBeLessThanOrEqual(maxPairs);
      for (const { a, b, together } of kept) {
        expect(together).toBeLessThanOrEqual(naive(a, b));
        expect(together).toBeGreaterThanOrEqual(naive(a, b) - small.maxMissing);
      }
    }),
    { numRuns: 200 },
  );
});

it(`keeps the pair that belongs together, and none of independent ones in 95 of 100 shops (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  let wrong = 0;
  for (let shop = 0; shop < 100; shop++) {
    const counts = new BasketPairs();
    for (let i = 0; i < 1000; i++) {
      const basket = Array.from({ length: 30 }, (_, product) => product)
        .filter((product) => random() < 1 / (product + 5))
        .map(String);
      if (i % 50 === 0) basket.push('ink', 'printer');
      counts.add(basket);
    }
    const lifts = counts.lifts();
    if (lifts.some(({ a, b }) => a !== 'ink' && b !== 'ink' && a !== 'printer' && b !== 'printer')) wrong++;
    const first = lifts[0];
    expect([first?.a, first?.b].sort()).toEqual(['ink', 'printer']);
    expect(first?.low).toBeGreaterThan(1);
    expect(first?.low).toBeLessThan(first?.lift ?? 0);
  }
  expect(wrong).toBeLessThanOrEqual(5);
});

it('cuts huge baskets, and counts each product once a basket', () => {
  const counts = new BasketPairs();
  counts.add(Array.from({ length: 1000 }, (_, i) => String(i)));
  expect([...counts.counted()].length).toBe((50 * 49) / 2);
  expect(counts.cut).toBe(1);
  counts.add(['x', 'x']);
  expect(counts.countOf('x')).toBe(1);
  expect(counts.countOf('nobody')).toBe(0);
  counts.add([]);
  expect(counts.baskets).toBe(2);
});

it('tails agree with sums: hypergeometric by counting, Poisson by its series', () => {
  const choose = (n: number, k: number): number =>
    k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
  for (const [all, marked, drawn] of [
    [20, 7, 5],
    [12, 10, 9],
    [30, 3, 20],
  ] as const) {
    for (let k = 0; k <= 10; k++) {
      let sum = 0;
      for (let x = k; x <= drawn; x++) sum += choose(marked, x) * choose(all - marked, drawn - x);
      expect(hypergeometricTail(k, all, marked, drawn)).toBeCloseTo(sum / choose(all, drawn), 9);
    }
  }
  for (const count of [3, 10, 40]) {
    const mean = poissonLowerBound(count, 1.959964);
    let below = 0;
    for (let x = 0, term = Math.exp(-mean); x < count; x++, term *= mean / x) below += term;
    expect(Math.abs(1 - below - 0.025)).toBeLessThan(0.002);
  }
  expect(poissonLowerBound(0, 2)).toBe(0);
});

it('halves counts with age, in any order of the events', () => {
  const counts = new DecayedCounts(1000, 100);
  counts.add('a', 900);
  counts.add('b', 2000, 2);
  counts.add('a', 1000, 2);
  expect(counts.get('a')).toBe(2.5);
  expect(counts.entries()).toEqual([
    ['a', 2.5],
    ['b', 2],
  ]);
  expect(counts.get('nobody')).toBe(0);
});
