/** Version of the documents and of the template. Raised when either changes; then a reindex makes new indexes. */
export const DOCUMENT_VERSION = 1;

/** How an index is spread over the machines of the engine. */
export interface IndexLayout {
  readonly shards: number;
  readonly replicas: number;
}

/** Catalogs with many attributes have a field for each. */
const MAX_FIELDS = 30_000;
/** How long a deletion is remembered, so that a late repetition of an older write does not undo it. */
const DELETIONS_REMEMBERED = '1h';
/** Filters of many values. */
const MAX_TERMS = 200_000;

/** The template of every index that matches the pattern; the index adds its vectors (see `vectorMapping`). */
export function indexTemplate(pattern: string, { shards, replicas }: IndexLayout): object {
  const keyword = { type: 'keyword' };
  const notIndexed = { type: 'object', enabled: false };
  return {
    index_patterns: [pattern],
    version: DOCUMENT_VERSION,
    template: {
      settings: {
        index: {
          knn: true,
          number_of_shards: shards,
          number_of_replicas: replicas,
          gc_deletes: DELETIONS_REMEMBERED,
          max_terms_count: MAX_TERMS,
          mapping: { total_fields: { limit: MAX_FIELDS } },
        },
      },
      mappings: {
        dynamic: false,
        // What a search returns; the rest is only looked up. `unit` holds the vector in a quarter of the space.
        _source: { includes: ['id', 'product', 'lexical', 'unit'] },
        dynamic_templates: [
          { numbers: { path_match: 'numbers.*', mapping: { type: 'double' } } },
          { first: { path_match: 'first.*', mapping: { type: 'double' } } },
          { sort: { path_match: 'sort.*', mapping: { type: 'keyword', norms: false } } },
        ],
        properties: {
          id: keyword,
          status: keyword,
          group: keyword,
          product: notIndexed,
          lexical: notIndexed,
          terms: keyword,
          identifiers: keyword,
          codes: { type: 'wildcard' },
          titles: keyword,
          unit: { type: 'keyword', index: false, doc_values: false },
          values: keyword,
          within: keyword,
          numbers: { type: 'object', dynamic: true },
          first: { type: 'object', dynamic: true },
          sort: { type: 'object', dynamic: true },
        },
      },
    },
  };
}

/** The mapping of the vectors of an index; undefined where its products have none. */
export function vectorMapping(dimension: number | undefined): object {
  if (dimension === undefined) return {};
  return {
    vector: {
      type: 'knn_vector',
      dimension,
      method: {
        name: 'hnsw',
        engine: 'lucene',
        space_type: 'cosinesimil',
        parameters: { m: 16, ef_construction: 100 },
      },
    },
  };
}
