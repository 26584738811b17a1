import type { SearchAnswer } from '../searchAnswer.js';
import type { SearchRequest } from '../searchRequest.js';
import { countCategoryTree } from './countCategoryTree.js';
import { countFacets, namedFields } from './countFacets.js';
import { countRanges } from './countRanges.js';
import type { FacetScope } from './facetScope.js';
import { facetStats } from './facetStats.js';
import { readRanges } from './readRanges.js';
import { readTypedValue } from './readTypedValue.js';

type Facets = Pick<SearchAnswer, 'facets' | 'facet_stats' | 'facet_ranges' | 'category_tree'>;

/**
 * Everything that a request has counted.
 * @throws UserError for a field that the catalog does not have, and for ranges that cannot be read.
 */
export function answerFacets(counting: FacetScope, request: SearchRequest): Facets {
  const { facets, facet_limit, facet_query, facet_ranges, category_tree } = request;
  const typed = facet_query === undefined ? undefined : readTypedValue(counting.index, facet_query);
  const fields = namedFields(counting, typed === undefined ? facets : [...facets, typed.field]);
  return {
    facets: countFacets(counting, fields, facet_limit, typed),
    ...(fields.length > 0 && { facet_stats: facetStats(counting, fields) }),
    ...(facet_ranges.length > 0 && { facet_ranges: countRanges(counting, readRanges(facet_ranges)) }),
    ...(category_tree !== undefined && {
      category_tree: countCategoryTree(counting, category_tree, facet_limit),
    }),
  };
}
