// The part of Medusa's types that the provider uses, so that it compiles without Medusa. They are structurally those of
// @medusajs/types 2.21 (SearchTypes); in a Medusa project import them from @medusajs/framework/types instead.

export type SearchDocument = Record<string, unknown> & { id: string };

export interface SearchField {
  type: string;
  array?: boolean;
  filterable?: boolean;
  sortable?: boolean;
  facetable?: boolean | object;
  fields?: Record<string, SearchField>;
}

/** The resolved definition of an index. */
export interface SearchIndex {
  /** The index in the search engine: it differs between versions of a definition. */
  physical_name: string;
  primary_key: string;
  fields: Record<string, SearchField>;
}

export type SearchFilters = Record<string, unknown>;

export interface SearchTask {
  index?: string;
  status: 'enqueued' | 'processing' | 'succeeded' | 'failed';
}

export interface SearchIndexInfo {
  name: string;
  provider: string;
  document_count: number;
}

export type FacetRequest =
  | { field: string; type?: 'value'; limit?: number; sort?: 'count' | 'alpha'; query?: string }
  | { field: string; type: 'range'; ranges: { key?: string; from?: number | string; to?: number | string }[] }
  | { field: string; type: 'stats' };

export interface ProviderSearchQuery {
  index: SearchIndex;
  attributes_to_retrieve: string[];
  q?: string;
  filters?: SearchFilters;
  pagination?: { skip?: number; take?: number; order?: Record<string, 'ASC' | 'DESC'>; cursor?: string };
  search_options?: {
    facets?: (string | FacetRequest)[];
    disjunctive_facets?: boolean;
    highlight?: boolean | { fields: string[]; pre_tag?: string; post_tag?: string };
    typo_tolerance?: boolean;
    include_score?: boolean;
    count?: 'estimated' | 'exact' | 'none';
    provider_options?: Record<string, Record<string, unknown>>;
    attributes_to_search_on?: string[];
    distinct?: string;
    min_score?: number;
    match_strategy?: string;
    locales?: string[];
    vector?: object;
  };
}

export type FacetResult =
  | { type: 'value'; values: { value: string; count: number }[] }
  | { type: 'stats'; min: number; max: number; count: number };

export interface SearchResult {
  hits: {
    id: string;
    score?: number;
    document: Record<string, unknown>;
    highlights?: Record<string, string[]>;
  }[];
  facets?: Record<string, FacetResult>;
  metadata: { skip: number; take: number; count: number | null; query?: string; processing_time_ms?: number };
}
