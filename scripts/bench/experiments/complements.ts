import { readFile } from 'node:fs/promises';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { BasketPairs } from '../../../src/statistics/basketPairs.js';

const SEED = 1605;
const SHOWN = 10;
/** A basket with every fifth number is held out. */
const EVERY = 5;

/**
 * Baskets from a file (one a line, products with commas between): for each held-out basket of two or more, one product is
 * taken out and predicted from another one of the basket, as a product's page does: hit rate at 10 of each order.
 */
export async function compareComplements(file: string): Promise<void> {
  const baskets = (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    )
    .filter((basket) => basket.length > 0);
  const random = seededRandom(SEED);
  const counts = new BasketPairs();
  for (const [place, basket] of baskets.entries()) if (place % EVERY !== 0) counts.add(basket);
  const lifts = counts.lifts();
  const together = new Table();
  for (const pair of counts.counted()) together.add(pair.a, pair.b, pair.together);
  const byBound = new Table();
  const byExcess = new Table();
  for (const { a, b, low, expected } of lifts) {
    byBound.add(a, b, low);
    byExcess.add(a, b, (low - 1) * expected);
  }
  const sold = new Map<string, number>();
  for (const [place, basket] of baskets.entries())
    if (place % EVERY !== 0) for (const id of new Set(basket)) sold.set(id, (sold.get(id) ?? 0) + 1);
  const best = [...sold].sort(([x, a], [y, b]) => b - a || (x < y ? -1 : 1)).map(([id]) => id);
  const usual = new Set(best.slice(0, SHOWN));
  const orders = {
    'best sellers, whatever the product': (id: string) => best.filter((one) => one !== id),
    'bought together (plain count)': (id: string) => together.of(id),
    'lift by its bound alone': (id: string) => byBound.of(id),
    'excess by its bound alone': (id: string) => byExcess.of(id),
    'lift by its bound, then count': (id: string) => [...new Set([...byBound.of(id), ...together.of(id)])],
    'excess by its bound, then count': (id: string) => [...new Set([...byExcess.of(id), ...together.of(id)])],
  };
  const hits = Object.fromEntries(Object.keys(orders).map((name) => [name, 0]));
  const unusual = Object.fromEntries(Object.keys(orders).map((name) => [name, 0]));
  const shown: Record<string, Set<string>> = {};
  const filled: Record<string, number> = {};
  let tried = 0;
  let triedUnusual = 0;
  for (const [place, basket] of baskets.entries()) {
    if (place % EVERY !== 0 || basket.length < 2) continue;
    tried++;
    const from = Math.floor(random() * basket.length);
    const hidden = (from + 1 + Math.floor(random() * (basket.length - 1))) % basket.length;
    const isUnusual = !usual.has(basket[hidden] ?? '');
    if (isUnusual) triedUnusual++;
    for (const [name, order] of Object.entries(orders)) {
      const first = order(basket[from] ?? '').slice(0, SHOWN);
      if (first.includes(basket[hidden] ?? '')) {
        hits[name] = (hits[name] ?? 0) + 1;
        if (isUnusual) unusual[name] = (unusual[name] ?? 0) + 1;
      }
      filled[name] = (filled[name] ?? 0) + first.length;
      shown[name] ??= new Set();
      for (const id of first) shown[name].add(id);
    }
  }
  console.log(
    `complements: ${baskets.length} baskets, ${tried} held-out ones predicted, seed ${SEED}; ${[...counts.counted()].length} pairs, ${lifts.length} with lift above 1 (family-wise error 5 %)`,
  );
  for (const name of Object.keys(orders))
    console.log(
      `    ${name.padEnd(34)} hit rate at ${SHOWN} ${((100 * (hits[name] ?? 0)) / tried).toFixed(1)} %, of products outside the ten best sellers ${((100 * (unusual[name] ?? 0)) / triedUnusual).toFixed(1)} %, ${((filled[name] ?? 0) / tried).toFixed(1)} products offered, ${shown[name]?.size ?? 0} different ones`,
    );
  for (const { a, b, together: count, expected, lift, low } of lifts.slice(0, 5))
    console.log(
      `    ${a} + ${b}: ${count} baskets, ${expected.toFixed(1)} by chance, lift ${lift.toFixed(2)}, at least ${low.toFixed(2)}`,
    );
}

/** Scores of pairs, by either of their products. */
class Table {
  private readonly rows = new Map<string, [string, number][]>();

  add(a: string, b: string, score: number): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const row = this.rows.get(from) ?? [];
      row.push([to, score]);
      this.rows.set(from, row);
    }
  }

  /** Best first. */
  of(id: string): string[] {
    return [...(this.rows.get(id) ?? [])]
      .sort(([x, a], [y, b]) => b - a || (x < y ? -1 : 1))
      .map(([to]) => to);
  }
}
