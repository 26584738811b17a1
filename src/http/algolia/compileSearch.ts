import { UserError } from '../../domain/errors.js';
import { ALL_FIELDS } from '../../search/present/selectFields.js';
import { MAX_TREE_DEPTH, type SearchRequest, searchRequestSchema } from '../../search/searchRequest.js';
import { type Condition, joined } from './condition.js';
import { type FieldName, fieldNameOf } from './fieldNames.js';
import type { AlgoliaParameters } from './parameters.js';
import { readFilters } from './readFilters.js';
import { readFacetFilters, readNumericFilters } from './readTicked.js';

export const DEFAULT_FACET_VALUES = 100;
export const DEFAULT_FACET_HITS = 10;
/** The tree is cut per parent, and a level as a whole. */
const ALL_VALUES = 10_000;
const MAX_FILTER_LENGTH = 10_000;
/** What `*` stands for: our own `*` leaves these out. */
const EVERY_FACET = ['brand', 'price', 'categories.lvl0', ALL_FIELDS];
/** `products/sort/price:asc,rating:desc` */
const SORTED_INDEX = /\/sort\/(.+)$/s;

/** An attribute to count the values of, under the name that the client uses. */
export interface WantedFacet extends FieldName {
  readonly attribute: string;
}

/** The facets of a search, each once. */
export function wantedFacets({ facets }: AlgoliaParameters): WantedFacet[] {
  const attributes = facets.flatMap((attribute) => (attribute === ALL_FIELDS ? EVERY_FACET : [attribute]));
  return [...new Set(attributes)].map((attribute) => ({ attribute, ...fieldNameOf(attribute) }));
}

/** The search of a client. What the shopper ticked becomes the refinement, so that such searches share a retrieval. */
export function compileSearch(index: string, parameters: AlgoliaParameters): SearchRequest {
  const facets = wantedFacets(parameters);
  const { hitsPerPage = 20, page = 0, maxValuesPerFacet = DEFAULT_FACET_VALUES } = parameters;
  const levels = facets.flatMap(({ level }) => level ?? []);
  return searchRequestSchema.parse({
    ...commonPart(index, parameters),
    facets: facets.flatMap(({ field, level }) => (level === undefined ? [field] : [])),
    facet_limit: levels.length > 0 ? ALL_VALUES : maxValuesPerFacet,
    category_tree: levels.length > 0 ? Math.min(MAX_TREE_DEPTH, Math.max(...levels) + 1) : undefined,
    page: page + 1,
    per_page: Math.max(1, hitsPerPage),
    matches: true,
  });
}

/** The search for values of a facet that begin with what was typed. */
export function compileFacetSearch(
  index: string,
  attribute: string,
  parameters: AlgoliaParameters,
): SearchRequest {
  const { field, level } = fieldNameOf(attribute);
  const { facetQuery, maxFacetHits = DEFAULT_FACET_HITS } = parameters;
  return searchRequestSchema.parse({
    ...commonPart(index, parameters),
    ...(level === undefined
      ? { facets: [field], facet_query: `${field}:${facetQuery}`, facet_limit: maxFacetHits }
      : { category_tree: Math.min(MAX_TREE_DEPTH, level + 1), facet_limit: ALL_VALUES }),
    per_page: 1,
    fields: ['id'],
  });
}

function commonPart(index: string, parameters: AlgoliaParameters) {
  const { query, filters = '', facetFilters, numericFilters, distinct, typoTolerance } = parameters;
  const ticked = [...readFacetFilters(facetFilters), ...readNumericFilters(numericFilters)];
  // A refinement is of one field in each of its parts.
  const ofOneField = ticked.filter(({ fields }) => fields.size === 1);
  const ofSeveral = ticked.filter(({ fields }) => fields.size > 1);
  const filter = readFilters(filters);
  return {
    q: query,
    filter: textOf(filter === undefined ? ofSeveral : [filter, ...ofSeveral], 'filters'),
    refine: textOf(ofOneField, 'facetFilters'),
    conjunctive: true,
    sort: sortOf(index),
    group: distinct ?? false,
    correct: typoTolerance,
    fields: [ALL_FIELDS],
  };
}

function textOf(conditions: readonly Condition[], parameter: string): string | undefined {
  if (conditions.length === 0) return undefined;
  const { text } = joined('AND', conditions);
  if (text.length <= MAX_FILTER_LENGTH) return text;
  throw new UserError(
    `${parameter}: found conditions of ${text.length} characters, expected at most ${MAX_FILTER_LENGTH}; ask for less at once.`,
    { field: parameter },
  );
}

/** Whatever an index is called, there is one catalog; its name says how it is sorted. */
function sortOf(index: string): string[] {
  const [, sort] = SORTED_INDEX.exec(index) ?? [];
  if (sort === undefined) return [];
  const orders = sort.split(',').map((order) => order.trim());
  if (orders.length <= 10 && orders.every((order) => order !== '')) {
    return orders.map((order) => order.replace(/^objectID:/, 'id:'));
  }
  throw new UserError(
    `indexName: found '${index.slice(0, 100)}', expected a name with up to ten orders such as products/sort/price:asc.`,
    { field: 'indexName' },
  );
}
