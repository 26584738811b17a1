/** What is known of a request before its body is read. */
export interface AskedRequest {
  readonly method: string;
  /** The path of the route, with names for its parameters. */
  readonly route: string;
  /** The query string. */
  readonly query: unknown;
  /** Bytes of the body. */
  readonly length: number;
}

const MAX_COST = 8;
/** Hits up to the last one of the page, from which a page is deep or long. */
const MANY_HITS = 500;
/** Characters of a filter with very many conditions. */
const LONG_FILTER = 2000;
/** Bytes of a body for each of its searches, about. */
const BYTES_A_SEARCH = 250;

const SEARCH = '/v1/search';
/** Several searches in one request, in the body. */
const MANY_SEARCHES: ReadonlySet<string> = new Set(['/v1/multi-search', '/1/indexes/:index/queries']);
/** Costs of other routes than 1. */
const COSTS: ReadonlyMap<string, number> = new Map([
  ['/v1/products/:id/similar', 2],
  ['/v1/lab/compare', MAX_COST],
  ['/v1/lab/evaluate', MAX_COST],
  ['/v1/rules/preview', MAX_COST],
]);

/**
 * What a request costs, in units: 1 for a plain search, to 8. Facets, ranges, groups and deep pages add to it; several
 * searches cost what they cost together.
 */
export function estimateCost({ method, route, query, length }: AskedRequest): number {
  if (MANY_SEARCHES.has(route)) return Math.min(MAX_COST, 1 + Math.floor(length / BYTES_A_SEARCH));
  if (route !== SEARCH) return COSTS.get(route) ?? 1;
  if (method !== 'GET') return Math.min(MAX_COST, 2 + Math.floor(length / LONG_FILTER));
  const given: Record<string, unknown> = { ...(typeof query === 'object' ? query : {}) };
  const has = (...names: string[]): boolean => names.some((name) => (given[name] ?? '') !== '');
  const lastHit = (Number(given.page) || 1) * (Number(given.per_page) || 20);
  return Math.min(
    MAX_COST,
    1 +
      (has('facets', 'facet_query') ? 1 : 0) +
      (has('facet_ranges', 'category_tree') ? 1 : 0) +
      (has('group') ? 1 : 0) +
      (has('explain') ? 2 : 0) +
      (String(given.facets ?? '') === '*' ? 1 : 0) +
      (String(given.filter ?? '').length > LONG_FILTER ? 2 : 0) +
      Math.max(0, Math.min(4, Math.floor(lastHit / MANY_HITS))),
  );
}
