import type { Hit, SearchAnswer } from '../../search/searchAnswer.js';
import { MAX_PER_PAGE, type SearchRequest } from '../../search/searchRequest.js';

/**
 * Answers a query with these products in this order, as far as the catalog has them and they pass the filters. Total, facets
 * and pages count them alone.
 * @param ids at most MAX_PER_PAGE.
 */
export async function answerByRanking(
  request: SearchRequest,
  ids: readonly string[],
  run: (request: SearchRequest) => Promise<SearchAnswer>,
): Promise<SearchAnswer> {
  const listed = `id IN [${ids.map(quoted).join(', ')}]`;
  const { filter = '' } = request;
  const whole = await run({
    ...request,
    q: '',
    filter: filter.trim() === '' ? listed : `(${filter}) AND ${listed}`,
    page: 1,
    per_page: MAX_PER_PAGE,
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ id, variants }: Hit): number =>
    Math.min(...[id, ...(variants?.ids ?? [])].map((one) => places.get(one) ?? Number.POSITIVE_INFINITY));
  const from = (request.page - 1) * request.per_page;
  return {
    ...whole,
    query: request.q,
    page: request.page,
    per_page: request.per_page,
    hits: whole.hits.toSorted((a, b) => placeOf(a) - placeOf(b)).slice(from, from + request.per_page),
  };
}

function quoted(id: string): string {
  return `'${id.replace(/[\\']/g, '\\$&')}'`;
}
