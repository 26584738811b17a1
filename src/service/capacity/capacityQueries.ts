import { UserError } from '../../domain/errors.js';
import { seededRandom } from '../../domain/seededRandom.js';
import type { Store } from '../../store/open.js';
import { QueryLog } from '../../store/queryLog.js';

/** Queries of the log, most frequent first. */
const MAX_LOGGED = 2000;
/** Fewer queries of the log say little about what people search for. */
const MIN_LOGGED = 20;
const MAX_TITLES = 2000;
/** Words of a title that make a query, at most. */
const MAX_WORDS = 3;
const WORD = /[\p{L}\p{N}]{2,}/gu;

/** Queries to measure with, drawn as often as people ask them. */
export interface CapacityQueries {
  readonly from: 'log' | 'titles';
  /** Number of different queries. */
  readonly distinct: number;
  /** The next query. */
  readonly next: () => string;
}

/**
 * The shop's own queries of the last days, as often as they were asked; where its log has hardly any, one to three words
 * of titles. The order is the same each time.
 * @throws UserError for a catalog without titles.
 */
export function capacityQueries(store: Store): CapacityQueries {
  const random = seededRandom(1);
  const logged = readLog(store);
  if (logged.length >= MIN_LOGGED) {
    let total = 0;
    const upTo = logged.map(({ searches }) => {
      total += searches;
      return total;
    });
    const next = (): string => {
      const drawn = random() * total;
      return logged[upTo.findIndex((end) => drawn < end)]?.query ?? '';
    };
    return { from: 'log', distinct: logged.length, next };
  }
  const queries = [...new Set(titlesOf(store).map((title) => queryOf(title, random)))].filter(
    (q) => q !== '',
  );
  if (queries.length === 0)
    throw new UserError(
      'No product has a title to make a query of: run shelfwright import <file> with titles and shelfwright reindex first.',
    );
  let at = 0;
  return { from: 'titles', distinct: queries.length, next: () => queries[at++ % queries.length] ?? '' };
}

function readLog(store: Store): { readonly query: string; readonly searches: number }[] {
  const log = new QueryLog(store.path, 0, { readonly: true });
  try {
    return log.asked(MAX_LOGGED).filter(({ query }) => query !== '');
  } finally {
    log.close();
  }
}

/** Titles of products from all over the catalog. */
function titlesOf({ products }: Store): string[] {
  const step = Math.max(1, Math.floor(products.count() / MAX_TITLES));
  const titles: string[] = [];
  let place = 0;
  for (const id of products.eachId()) {
    if (place++ % step !== 0) continue;
    const title = products.get(id)?.title;
    if (title !== undefined) titles.push(title);
  }
  return titles;
}

function queryOf(title: string, random: () => number): string {
  const words = title.match(WORD) ?? [];
  const count = 1 + Math.floor(random() * MAX_WORDS);
  const first = Math.floor(random() * Math.max(1, words.length - count + 1));
  return words.slice(first, first + count).join(' ');
}
