import type { ServedSearch } from '../events/event.js';
import type { EventStore } from '../events/eventStore.js';
import type { ClickCell } from '../statistics/clickModels.js';

/** What shoppers did with a query, over all its searches without filters. */
export interface QueryFigures {
  readonly query: string;
  searches: number;
  /** Searches that found nothing. */
  empty: number;
  /** Searches with a click, a cart or a purchase. */
  clicked: number;
  revenue: number;
}

/** Searches of a time with what followed them, added up. */
export interface ShopperLog {
  readonly queries: readonly QueryFigures[];
  /** Every product that was shown for a query; `query` is a place in `queries`. */
  readonly pairs: readonly { readonly query: number; readonly id: string }[];
  readonly cells: readonly ClickCell[];
  /** Searches by query, by the fields that they filtered by. */
  readonly filtered: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Searches that were left out, because other queries are more frequent. */
  readonly leftOut: number;
  /** The first and the second half of the time. */
  readonly halves: readonly [HalfFigures, HalfFigures];
}

/** Searches of half of the time: all, with a click, without a product, and for a query that the first half had not. */
export interface HalfFigures {
  searches: number;
  clicked: number;
  empty: number;
  unseen: number;
}

/** Ranks that shoppers are taken to look at. */
const RANKS = 20;
const MAX_QUERIES = 20_000;
const USED = new Set(['click', 'add_to_cart', 'purchase']);

/**
 * Reads the first pages of unfiltered searches. Memory is bounded by the 20,000 first queries and the products shown for
 * them. A click counts for the product and the search that the event names, wherever else the product was shown.
 */
export function readShopperLog(events: EventStore, from: number, to: number): ShopperLog {
  const queries: QueryFigures[] = [];
  const numbers = new Map<string, number>();
  const pairs: { query: number; id: string }[] = [];
  const pairNumbers = new Map<string, number>();
  const cells = new Map<number, { pair: number; rank: number; shown: number; clicked: number }>();
  let leftOut = 0;
  const blank = { searches: 0, clicked: 0, empty: 0, unseen: 0 };
  const halves: [HalfFigures, HalfFigures] = [{ ...blank }, { ...blank }];
  const isEarly = new Set<number>();

  const filtered = new Map<string, Map<string, number>>();
  for (const search of events.searchesBetween(from, to)) {
    if (search.page === 1) countFields(filtered, search);
    if (search.page !== 1 || search.filtered || search.query === '') continue;
    const number = numbers.get(search.query) ?? queries.length;
    if (number === queries.length) {
      if (queries.length === MAX_QUERIES) {
        leftOut++;
        continue;
      }
      numbers.set(search.query, number);
      queries.push({ query: search.query, searches: 0, empty: 0, clicked: 0, revenue: 0 });
    }
    const figures = queries[number];
    if (figures === undefined) continue;
    const clicked = new Set<string>();
    for (const event of events.following(search.queryId)) {
      if (event.objectId === null || !USED.has(event.action)) continue;
      clicked.add(event.objectId);
      if (event.action === 'purchase') figures.revenue += (event.price ?? 0) * (event.quantity ?? 1);
    }
    figures.searches++;
    if (search.total === 0) figures.empty++;
    if (clicked.size > 0) figures.clicked++;
    const isFirst = search.at < (from + to) / 2;
    if (isFirst) isEarly.add(number);
    const half = halves[isFirst ? 0 : 1];
    half.searches++;
    if (clicked.size > 0) half.clicked++;
    if (search.total === 0) half.empty++;
    if (!isEarly.has(number)) half.unseen++;
    for (const [rank, id] of search.shown.slice(0, RANKS).entries()) {
      const name = `${number}\n${id}`;
      const pair = pairNumbers.get(name) ?? pairs.length;
      if (pair === pairs.length) {
        pairNumbers.set(name, pair);
        pairs.push({ query: number, id });
      }
      const key = pair * RANKS + rank;
      const cell = cells.get(key) ?? { pair, rank, shown: 0, clicked: 0 };
      cell.shown++;
      if (clicked.has(id)) cell.clicked++;
      cells.set(key, cell);
    }
  }
  return { queries, pairs, cells: [...cells.values()], filtered, leftOut, halves };
}

function countFields(filtered: Map<string, Map<string, number>>, { fields, query }: ServedSearch): void {
  for (const field of fields) {
    const own = filtered.get(field) ?? new Map<string, number>();
    filtered.set(field, own);
    if (own.has(query) || own.size < MAX_QUERIES) own.set(query, (own.get(query) ?? 0) + 1);
  }
}
