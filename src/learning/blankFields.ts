import { UserError } from '../domain/errors.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../search/searchRequest.js';
import type { ShopperLog } from './shopperLog.js';

/** Queries of a field that are searched again. */
const MAX_QUERIES = 20;
const MIN_SEARCHES = 5;
/** Every product has one. */
const ALWAYS_FILLED = new Set(['id', 'text']);

/** A field that shoppers filter by, and how many of the products in question lack it. */
export interface BlankField {
  readonly field: string;
  /** Searches that filtered by it. */
  readonly searches: number;
  /** Share of the products that its most frequent queries find without the filter. */
  readonly blank: number;
}

/** How many products lack each of the fields that shoppers filter by, for the queries that they filter. */
export async function findBlankFields(
  { filtered }: Pick<ShopperLog, 'filtered'>,
  search: (request: SearchRequest) => Promise<SearchAnswer>,
): Promise<BlankField[]> {
  const found: BlankField[] = [];
  for (const [field, queries] of filtered) {
    const searches = [...queries.values()].reduce((sum, count) => sum + count, 0);
    if (searches < MIN_SEARCHES || ALWAYS_FILLED.has(field)) continue;
    const most = [...queries].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MAX_QUERIES);
    let products = 0;
    let blank = 0;
    for (const [q, count] of most) {
      // As the filter does, without leaving out what does not match.
      const asked = { q, per_page: 1, understand: false, relax: false, fields: ['id'] };
      const all = await totalOf(search, asked);
      const without = await totalOf(search, { ...asked, filter: `\`${field}\` NOT EXISTS` });
      if (all === undefined || without === undefined) continue;
      products += count * all;
      blank += count * without;
    }
    if (blank > 0) found.push({ field, searches, blank: Math.min(1, blank / products) });
  }
  return found;
}

/** Undefined for a field that the catalog does not have any more. */
async function totalOf(
  search: (request: SearchRequest) => Promise<SearchAnswer>,
  asked: object,
): Promise<number | undefined> {
  try {
    return (await search(searchRequestSchema.parse(asked))).total;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
