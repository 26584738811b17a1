// A Search Module provider for Medusa 2.21 that keeps its indexes in Shelfwright, over HTTP.
import { compileFilters, fieldOf, literal } from './compileFilters.js';
import {
  defaultProduct,
  indexCode,
  indexMarker,
  MARKERS,
  type ProductFields,
  productId,
  project,
  toProduct,
} from './documents.js';
import type {
  FacetRequest,
  FacetResult,
  ProviderSearchQuery,
  SearchDocument,
  SearchFilters,
  SearchIndex,
  SearchIndexInfo,
  SearchResult,
  SearchTask,
} from './medusaTypes.js';

export interface ShelfwrightOptions {
  /** Address of the service. */
  url: string;
  /** An API key with the scope `write`, if the service has keys. */
  api_key?: string;
  /** What a document says in the words of a catalog; default: `defaultProduct`. */
  product?: (document: SearchDocument) => ProductFields;
}

interface Hit {
  id: string;
  score: number;
  product: { medusa_id?: string; medusa_document?: unknown };
  _highlight?: Record<string, string | string[]>;
}

interface Answer {
  total: number;
  hits: Hit[];
  facets: Record<string, { value: string | number | boolean; count: number }[]>;
  facet_stats?: Record<string, { min: number; max: number; count: number }>;
  took_ms: number;
}

const MAX_TAKE = 250;
const MAX_FACET_VALUES = 10_000;
const WRITE_BATCH = 500;
const CONCURRENT_DELETES = 8;
/** Options that would change the result and have no counterpart. */
const UNSUPPORTED = [
  'attributes_to_search_on',
  'distinct',
  'min_score',
  'match_strategy',
  'locales',
  'vector',
] as const;

/** One catalog holds the documents of every index; each carries the code of its index, by which every search filters. */
export class ShelfwrightSearch {
  static readonly identifier = 'search-shelfwright';
  readonly identifier = ShelfwrightSearch.identifier;

  /** Medusa passes its container and the options of medusa-config.ts. */
  constructor(
    _container: unknown,
    private readonly options: ShelfwrightOptions,
  ) {}

  async upsertIndex({ index }: { index: SearchIndex }): Promise<SearchTask> {
    await this.#write([indexMarker(index)]);
    return succeeded(index.physical_name);
  }

  async deleteIndex({ index }: { index: string }): Promise<SearchTask> {
    await this.clearIndex({ index });
    await this.#delete([productId(index, '')]);
    return succeeded(index);
  }

  async listIndexes(): Promise<SearchIndexInfo[]> {
    const markers: string[] = [];
    for (let page = 1; ; page++) {
      const { hits } = await this.#search({
        filter: `medusa_index = ${literal(MARKERS)}`,
        page,
        per_page: MAX_TAKE,
      });
      markers.push(...hits.map(({ product }) => String(project(product.medusa_document, ['name']).name)));
      if (hits.length < MAX_TAKE) break;
    }
    if (markers.length === 0) return [];
    const { facets } = await this.#search({
      facets: ['medusa_index'],
      facet_limit: MAX_FACET_VALUES,
      per_page: 1,
    });
    const counts = new Map(facets.medusa_index?.map(({ value, count }) => [value, count]));
    return markers.map((name) => ({
      name,
      provider: this.identifier,
      document_count: counts.get(indexCode(name)) ?? 0,
    }));
  }

  async upsertDocuments(input: {
    index: string;
    definition: SearchIndex;
    documents: SearchDocument[];
  }): Promise<SearchTask> {
    const { index, definition, documents } = input;
    const fieldsOf = this.options.product ?? defaultProduct;
    await this.#write(
      documents.map((document) => toProduct(index, definition, document, fieldsOf(document))),
    );
    return succeeded(index);
  }

  async deleteDocuments({ index, filters }: { index: string; filters: SearchFilters }): Promise<SearchTask> {
    const ids = idsOnly(filters);
    if (ids !== undefined) await this.#delete(ids.map((id) => productId(index, id)));
    else await this.#deleteMatching(`${inIndex(index)} AND ${compileFilters(filters)}`);
    return succeeded(index);
  }

  async clearIndex({ index }: { index: string }): Promise<SearchTask> {
    await this.#deleteMatching(inIndex(index));
    return succeeded(index);
  }

  async search(input: ProviderSearchQuery): Promise<SearchResult> {
    const [result] = await this.searchMany([input]);
    if (result === undefined) throw new Error('Shelfwright answered no search.');
    return result;
  }

  /** All searches in one request. */
  async searchMany(inputs: ProviderSearchQuery[]): Promise<SearchResult[]> {
    // A window that does not begin where a page does lies on two pages.
    const windows = inputs.map((input) => ({ input, pages: pagesOf(input) }));
    const searches = windows.flatMap(({ input, pages }) => pages.map((page) => ({ ...bodyOf(input), page })));
    const { results } = await this.#request<{ results: Answer[] }>('POST', '/v1/multi-search', { searches });
    return windows.map(({ input, pages }) => resultOf(input, results.splice(0, pages.length)));
  }

  async #write(products: readonly Record<string, unknown>[]): Promise<void> {
    for (let at = 0; at < products.length; at += WRITE_BATCH) {
      const { results } = await this.#request<{
        results: { status: string; field?: string; reason?: string }[];
      }>('POST', '/v1/products', { products: products.slice(at, at + WRITE_BATCH) });
      const refused = results.find(({ status }) => status === 'refused');
      if (refused !== undefined)
        throw new Error(`A document was refused: ${refused.field}: ${refused.reason}`);
    }
  }

  /** A deleted product is in no later search, so the first page is always the next. */
  async #deleteMatching(filter: string): Promise<void> {
    for (;;) {
      const { hits } = await this.#search({ filter, per_page: MAX_TAKE, fields: ['id'] });
      if (hits.length === 0) return;
      await this.#delete(hits.map(({ id }) => id));
    }
  }

  async #delete(ids: readonly string[]): Promise<void> {
    const left = [...ids];
    const work = async (): Promise<void> => {
      for (let id = left.pop(); id !== undefined; id = left.pop())
        await this.#request('DELETE', `/v1/products/${encodeURIComponent(id)}`, undefined, [404]);
    };
    await Promise.all(Array.from({ length: CONCURRENT_DELETES }, work));
  }

  #search(body: Record<string, unknown>): Promise<Answer> {
    return this.#request<Answer>('POST', '/v1/search', { status: 'all', ...body });
  }

  /** @throws Error with the service's own sentence for every other status than 2xx and those `allowed`. */
  async #request<T>(
    method: string,
    path: string,
    body?: unknown,
    allowed: readonly number[] = [],
  ): Promise<T> {
    const { url, api_key } = this.options;
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(api_key !== undefined && { authorization: `Bearer ${api_key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : JSON.parse(text);
    if (response.ok || allowed.includes(response.status)) return answer;
    throw new Error(`Shelfwright: ${method} ${path}: ${response.status} ${answer?.detail ?? ''}`);
  }
}

function succeeded(index: string): SearchTask {
  // A write that is answered is durable and in the next search.
  return { index, status: 'succeeded' };
}

function inIndex(name: string): string {
  return `medusa_index = ${literal(indexCode(name))}`;
}

/** The ids of `{ id: [...] }`, by which Medusa deletes single documents; undefined for other filters. */
function idsOnly(filters: SearchFilters): string[] | undefined {
  const { id, ...others } = filters;
  const ids = Array.isArray(id) ? id : [id];
  return Object.keys(others).length === 0 && ids.every((one) => typeof one === 'string') ? ids : undefined;
}

function windowOf({ pagination = {} }: ProviderSearchQuery): { skip: number; take: number } {
  const { skip = 0, take = 20, cursor } = pagination;
  if (cursor !== undefined) throw new Error('Shelfwright has no cursors: use skip and take.');
  if (take < 1 || take > MAX_TAKE) throw new Error(`take: expected 1 to ${MAX_TAKE}, found ${take}.`);
  return { skip, take };
}

function pagesOf(input: ProviderSearchQuery): number[] {
  const { skip, take } = windowOf(input);
  const first = Math.floor(skip / take) + 1;
  return skip % take === 0 ? [first] : [first, first + 1];
}

function facetsOf({ search_options: { facets = [] } = {} }: ProviderSearchQuery): FacetRequest[] {
  return facets.map((facet) => (typeof facet === 'string' ? { field: facet } : facet));
}

function bodyOf(input: ProviderSearchQuery): Record<string, unknown> {
  const { index, q = '', filters, pagination, search_options: options = {} } = input;
  const unsupported = UNSUPPORTED.filter((name) => options[name] !== undefined);
  if (unsupported.length > 0) throw new Error(`Shelfwright does not support ${unsupported.join(', ')}.`);
  const facets = facetsOf(input);
  if (facets.some((facet) => facet.type === 'range' || ('query' in facet && facet.query !== undefined)))
    throw new Error('This provider counts values and statistics, no ranges, and does not search in facets.');
  const limits = facets.map((facet) => ('limit' in facet ? (facet.limit ?? 100) : 100));
  const compiled =
    filters === undefined || Object.keys(filters).length === 0 ? [] : [compileFilters(filters)];
  return {
    q,
    // Markers are drafts, and make known which fields there are.
    status: 'all',
    filter: [inIndex(index.physical_name), ...compiled].join(' AND '),
    facets: facets.map(({ field }) => plain(fieldOf(field))),
    ...(limits.length > 0 && { facet_limit: Math.max(...limits) }),
    sort: Object.entries(pagination?.order ?? {}).map(
      ([field, order]) => `${plain(fieldOf(field))}:${order.toLowerCase()}`,
    ),
    per_page: windowOf(input).take,
    correct: options.typo_tolerance !== false,
    // Only fields that are asked for are highlighted.
    fields: ['medusa_id', 'medusa_document', ...(options.highlight ? ['*'] : [])],
    ...options.provider_options?.[ShelfwrightSearch.identifier],
  };
}

function resultOf(input: ProviderSearchQuery, pages: readonly Answer[]): SearchResult {
  const { skip, take } = windowOf(input);
  const options = input.search_options ?? {};
  const answer = pages[0];
  const hits = pages.flatMap((page) => page.hits).slice(skip % take, (skip % take) + take);
  const facets = facetsOf(input).map((facet): [string, FacetResult] => [facet.field, facetOf(facet, answer)]);
  return {
    hits: hits.map((hit) => ({
      id: hit.product.medusa_id ?? '',
      document: project(hit.product.medusa_document, input.attributes_to_retrieve),
      ...(options.include_score === true && { score: hit.score }),
      ...(options.highlight !== undefined &&
        options.highlight !== false && { highlights: highlightsOf(hit, options.highlight) }),
    })),
    ...(facets.length > 0 && { facets: Object.fromEntries(facets) }),
    metadata: {
      ...{ skip, take },
      count: options.count === 'none' ? null : (answer?.total ?? 0),
      ...(input.q !== undefined && { query: input.q }),
      processing_time_ms: pages.reduce((sum, { took_ms }) => sum + took_ms, 0),
    },
  };
}

function facetOf(facet: FacetRequest, answer: Answer | undefined): FacetResult {
  const field = plain(fieldOf(facet.field));
  if (facet.type === 'stats') {
    const { min = 0, max = 0, count = 0 } = answer?.facet_stats?.[field] ?? {};
    return { type: 'stats', min, max, count };
  }
  const counted = answer?.facets[field]?.map(({ value, count }) => ({ value: String(value), count })) ?? [];
  const limited = counted.slice(0, 'limit' in facet ? (facet.limit ?? 100) : 100);
  const isAlphabetical = 'sort' in facet && facet.sort === 'alpha';
  return {
    type: 'value',
    values: isAlphabetical ? limited.sort((a, b) => a.value.localeCompare(b.value)) : limited,
  };
}

type Highlight = Exclude<NonNullable<NonNullable<ProviderSearchQuery['search_options']>['highlight']>, false>;

/** Shelfwright escapes the texts and marks words with `<em>`. */
function highlightsOf({ _highlight = {} }: Hit, wanted: Highlight): Record<string, string[]> {
  const { fields = undefined, pre_tag = '<em>', post_tag = '</em>' } = wanted === true ? {} : wanted;
  const marked = (text: string): string => text.replaceAll('<em>', pre_tag).replaceAll('</em>', post_tag);
  return Object.fromEntries(
    Object.entries(_highlight)
      .map(([field, texts]): [string, string[]] => [
        field.replace(/^attributes\./, ''),
        (Array.isArray(texts) ? texts : [texts]).map(marked),
      ])
      .filter(([field]) => fields === undefined || fields.includes(field)),
  );
}

/** Without the backticks that only the grammar of `filter` needs. */
function plain(field: string): string {
  return field.replaceAll('`', '');
}
