import { comparePaired } from '../search/evaluation/comparePaired.js';
import { ndcg } from '../search/evaluation/rankingMetrics.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../search/searchRequest.js';
import type { LearnReport } from './learnReport.js';

const MAX_QUERIES = 200;
const DEPTH = 10;
const FETCHED = 100;

type Run = (request: SearchRequest) => Promise<SearchAnswer>;

/**
 * What filled values are worth by the judgments from clicks: NDCG@10 of the same queries with and without them. Products
 * without a judgment are left out of both lists, because nobody saw them; null without a judged query.
 */
export async function measureEnrichment(
  grades: ReadonlyMap<string, ReadonlyMap<string, number>>,
  withFacts: Run,
  withoutFacts: Run,
): Promise<LearnReport['enrichment']> {
  const figures: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const empty = { with: 0, without: 0 };
  const measure = async (kind: 'with' | 'without', run: Run, q: string, own: ReadonlyMap<string, number>) => {
    const { hits, total } = await run(searchRequestSchema.parse({ q, per_page: FETCHED, fields: ['id'] }));
    const judged = hits.flatMap(({ id }) => (own.has(id) ? [id] : []));
    figures[kind].push(ndcg(judged, own, DEPTH));
    if (total === 0) empty[kind]++;
  };
  const queries = [...grades].slice(0, MAX_QUERIES);
  if (queries.length === 0) return null;
  for (const [query, own] of queries) {
    await measure('with', withFacts, query, own);
    await measure('without', withoutFacts, query, own);
  }
  const { low, high } = comparePaired(figures.without, figures.with);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    queries: queries.length,
    ndcg_with: mean(figures.with),
    ndcg_without: mean(figures.without),
    ...{ low, high, empty_with: empty.with, empty_without: empty.without },
  };
}
