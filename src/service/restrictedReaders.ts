import type { Product } from '../domain/product.js';
import { withoutNeighbours } from '../domain/withoutNeighbours.js';
import type { LiveIndex } from '../index/liveIndex.js';
import type { SearchContext } from '../search/searchContext.js';
import type { SearchRequest, SearchStatus } from '../search/searchRequest.js';
import { findSimilar } from '../search/similar/findSimilar.js';
import type { LiveCatalog } from './live/liveCatalog.js';
import { RestrictedCatalogs } from './live/restrictedCatalogs.js';
import type { QueryCompletion } from './queries/queryCompletion.js';
import type { Answered } from './queries/recentAnswers.js';
import { answerOf, type SearchAlike, searchMany, statusOf } from './queries/searchMany.js';
import type { CatalogReader } from './reader.js';

interface RestrictedReadersParts {
  readonly catalog: LiveCatalog;
  readonly indexOf: (status: SearchStatus) => LiveIndex;
  /** What searches of all products run on. */
  readonly context: () => SearchContext;
  readonly queries: QueryCompletion;
  /** See `CatalogReader`. */
  readonly product: (id: string) => Product | undefined;
  readonly original: (id: string) => Product | undefined;
  /** Answers searches of one `retrievalKey` on this context. */
  readonly answer: (requests: readonly SearchRequest[], within: () => SearchContext) => Promise<Answered[]>;
}

/** Readers for API keys with a filter: each answers as if only the products that pass its filter existed. */
export class RestrictedReaders {
  readonly #parts: RestrictedReadersParts;
  readonly #catalogs = new Map<SearchStatus, RestrictedCatalogs>();

  constructor(parts: RestrictedReadersParts) {
    this.#parts = parts;
  }

  /** Prepares what the filter selects. Throws UserError for a filter that cannot be read. */
  async within(filter: string): Promise<CatalogReader> {
    const { indexOf, queries, product, original } = this.#parts;
    const active = this.#catalogsOf('active');
    await active.prepare(filter);
    const whole = (): RestrictedCatalogs =>
      indexOf('all') === indexOf('active') ? active : this.#catalogsOf('all');
    const isHidden = (id: string): boolean => whole().context(filter).index.ordinalOf(id) === undefined;
    const seen = (id: string, found: (id: string) => Product | undefined): Product | undefined => {
      const one = isHidden(id) ? undefined : found(id);
      return one === undefined ? undefined : withoutNeighbours(one, isHidden);
    };
    const alike: SearchAlike = (requests) => this.#answer(requests, filter);
    return {
      search: async (request) => answerOf(await alike([request])),
      searchMany: (requests) => searchMany(requests, alike),
      suggest: async (request) => queries.suggestWith(await active.suggester(filter), request),
      product: (id) => seen(id, product),
      original: (id) => seen(id, original),
      similar: (request) => findSimilar(active.context(filter).index, request),
    };
  }

  async #answer(requests: readonly SearchRequest[], filter: string): Promise<Answered[]> {
    const { answer, context } = this.#parts;
    const catalogs = this.#catalogsOf(statusOf(requests));
    await catalogs.prepare(filter);
    return answer(requests, () => ({ ...context(), ...catalogs.context(filter) }));
  }

  #catalogsOf(status: SearchStatus): RestrictedCatalogs {
    const known = this.#catalogs.get(status);
    if (known !== undefined) return known;
    const { catalog, indexOf } = this.#parts;
    const catalogs = new RestrictedCatalogs(
      () => indexOf(status),
      (index) => catalog.calibrate(index),
      () => catalog.context().taxonomy,
    );
    this.#catalogs.set(status, catalogs);
    return catalogs;
  }
}
