import type { SearchAnswer } from '../searchAnswer.js';
import type { SearchRequest } from '../searchRequest.js';
import { countCategoryTree } from './countCategoryTree.js';
import { countFacets, namedFields } from './countFacets.js';
import { countRanges } from './countRanges.js';
import type { FacetScope } from './facetScope.js';
import { facetStats } from './facetStats.js';
import { readFacetQuery } from './readFacetQuery.js';
import { readRanges } from './readRanges.js';

type Facets = Pick<SearchAnswer, 'facets' | 'facet_stats' | 'facet_ranges' | 'category_tree'>;

/**
 * Counts everything that a request asks for: facets, statistics, ranges and the category tree.
 * @throws UserError for a field that the catalog does not have, and for ranges that cannot be parsed.
 */
export function answerFacets(scope: FacetScope, request: SearchRequest): Facets {
  const { facets, facet_limit, facet_query, facet_ranges, category_tree } = request;
  const facetQuery = facet_query === undefined ? undefined : readFacetQuery(scope.index, facet_query);
  const fields = namedFields(scope, facetQuery === undefined ? facets : [...facets, facetQuery.field]);
  return {
    facets: countFacets(scope, fields, facet_limit, facetQuery),
    ...(fields.length > 0 && { facet_stats: facetStats(scope, fields) }),
    ...(facet_ranges.length > 0 && { facet_ranges: countRanges(scope, readRanges(facet_ranges)) }),
    ...(category_tree !== undefined && {
      category_tree: countCategoryTree(scope, category_tree, facet_limit),
    }),
  };
}
