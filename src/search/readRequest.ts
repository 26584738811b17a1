import type { LiveIndex } from '../index/liveIndex.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { type Filter, parseFilter } from './filter/parseFilter.js';
import type { RuledSearch } from './rules/applyRules.js';
import type { SearchContext } from './searchContext.js';
import type { SearchRequest } from './searchRequest.js';
import { Query } from './understand/query.js';
import type { Interpretation } from './understand/structure/interpretation.js';
import { readStructure, type StructuredQuery } from './understand/structure/readStructure.js';
import { NO_SYNONYMS } from './understand/synonyms.js';
import type { UnderstandOptions, UnderstoodQuery } from './understand/understandQuery.js';

/** @throws UserError for a filter that cannot be read. */
export function filterOf({ filter }: SearchRequest): Filter | undefined {
  return filter === undefined || filter.trim() === '' ? undefined : parseFilter(filter);
}

/** What the query says beyond its words; nothing where the request does not want to know. */
export function structureOf(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  request: SearchRequest,
  query: Query,
): StructuredQuery {
  if (!request.understand) return { interpretations: [], rest: query };
  return readStructure(index, taxonomy, query, request.ignore);
}

/** How the words of a query are understood in a catalog. */
export function understandOptionsOf(
  { synonyms: own = NO_SYNONYMS, rules, vocabulary, relevance }: Omit<SearchContext, 'index' | 'minCosine'>,
  { correct }: SearchRequest,
): UnderstandOptions {
  const synonyms = rules?.synonymsWith(own) ?? own;
  return { correct, synonyms, vocabulary, concepts: relevance?.concepts };
}

/** A generation without vectors, or of another dimension, cannot be searched with this vector. */
export function usableVector(
  { generation }: Pick<LiveIndex, 'generation'>,
  vector: Float32Array | undefined,
): Float32Array | undefined {
  return vector !== undefined && generation.model?.dimension === vector.length ? vector : undefined;
}

/** The search as merchandising rules see it. */
export function ruledSearchOf(
  request: SearchRequest,
  query: Query,
  understood: UnderstoodQuery,
  interpretations: readonly Interpretation[],
  filter: Filter | undefined,
): RuledSearch {
  return {
    queries: understood.corrections.length === 0 ? [query] : [query, new Query(understood.meaning)],
    filter,
    categories: categoriesIn(interpretations),
    sorted: request.sort.length > 0,
  };
}

/** The categories that the query was interpreted as. */
function categoriesIn(interpretations: readonly Interpretation[]): string[] {
  return interpretations.flatMap(({ parsed }) =>
    parsed.kind === 'compare' && parsed.field === 'category' && parsed.operator === '='
      ? [String(parsed.value)]
      : [],
  );
}
