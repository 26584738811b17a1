import type { ClickCell, SeenList } from '../../../src/statistics/clickModels.js';
import type { JudgedLists } from './judgedLists.js';
import { clicksOn } from './shoppers.js';

/** Sessions per query: those of a shop's frequent queries in some months. */
export const SESSIONS = 500;

/** Clicks of simulated shoppers, with the pairs of query and product that were shown. */
export interface ClickLog {
  readonly pairs: readonly { readonly query: number; readonly id: string }[];
  readonly cells: readonly ClickCell[];
  readonly lists: readonly SeenList[];
}

/**
 * Each query is searched 500 times; half of the sessions see the words' ranking and half the one set by hand, as during an
 * A/B test, so that products are seen at more than one rank.
 */
export function simulateClicks({ grades, words, prior }: JudgedLists, random: () => number): ClickLog {
  const pairs: { query: number; id: string }[] = [];
  const cells: { pair: number; rank: number; shown: number; clicked: number }[] = [];
  const lists: SeenList[] = [];
  for (const [query, own] of grades.entries()) {
    const numbers = new Map<string, number>();
    const byKey = new Map<number, { pair: number; rank: number; shown: number; clicked: number }>();
    for (let session = 0; session < SESSIONS; session++) {
      const list = (random() < 0.5 ? words : prior)[query]?.slice(0, 10) ?? [];
      const seen = list.map((id) => {
        const known = numbers.get(id) ?? pairs.length;
        if (known === pairs.length) {
          numbers.set(id, known);
          pairs.push({ query, id });
        }
        return known;
      });
      const clicks = clicksOn(list, own, random);
      for (const [rank, pair] of seen.entries()) {
        const key = pair * 16 + rank;
        const cell = byKey.get(key) ?? { pair, rank, shown: 0, clicked: 0 };
        cell.shown++;
        if (clicks.includes(rank)) cell.clicked++;
        byKey.set(key, cell);
      }
      lists.push({ pairs: seen, clicks });
    }
    cells.push(...byKey.values());
  }
  return { pairs, cells, lists };
}
