import { LRUCache } from 'lru-cache';
import { type EmbedQuery, search } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { SearchVariant } from '../../search/searchVariant.js';
import { fold } from '../../text/fold.js';
import type { DerivedCatalog } from '../live/derivedCatalog.js';
import type { LiveRanking } from '../live/liveRanking.js';
import { RecentAnswers } from '../queries/recentAnswers.js';
import { answerOf, userErrorOf } from '../queries/searchMany.js';
import type { TimingListener } from '../reader.js';
import { answerByRanking } from './answerByRanking.js';

/** More than an experiment has. */
const MAX_VARIANTS = 8;
/** Each is a second catalog in memory. */
const MAX_GENERATIONS = 3;

export interface VariantParts {
  readonly context: () => SearchContext;
  readonly embedQuery: EmbedQuery | undefined;
  readonly unenriched: DerivedCatalog;
  /** Another generation with the products of now. */
  generationOf(id: string): DerivedCatalog;
  /** The products of a folded query in an imported ranking; empty where it does not have it. */
  imported(name: string, query: string): string[];
  readonly notify: TimingListener;
  readonly ranking: Pick<LiveRanking, 'resolve'>;
}

/** A variant, and the cache of its answers to shoppers. */
interface Open {
  readonly context: () => SearchContext;
  readonly recent: RecentAnswers;
}

/** Searches with other configurations than the one that serves. */
export class VariantSearches {
  readonly #generations = new LRUCache<string, DerivedCatalog>({
    max: MAX_GENERATIONS,
    dispose: (closed) => void closed.close(),
  });
  readonly #open = new LRUCache<string, Open>({ max: MAX_VARIANTS });

  constructor(private readonly parts: VariantParts) {}

  /** For comparison; the first search without filled values, or of another generation, opens a second catalog. */
  async compare(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer> {
    await this.#derivedOf(variant)?.prepare();
    const run = (asked: SearchRequest): Promise<SearchAnswer> =>
      search(() => this.#contextOf(variant), askedOf(asked, variant), this.#embedOf(variant));
    return this.#byImported(request, variant, run) ?? run(request);
  }

  /**
   * For a shopper in an experiment. Every variant has a cache of its own, also the one that equals what serves: with the
   * cache of all other shoppers it would answer sooner than the variants that it is compared with.
   */
  async serve(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer> {
    await this.#derivedOf(variant)?.prepareSoon();
    const { context, recent } = this.#opened(variant);
    const embed = this.#embedOf(variant);
    const run = (asked: SearchRequest): Promise<SearchAnswer> =>
      this.#cached(asked, variant, recent, { context, embed });
    return this.#byImported(request, variant, run) ?? run(request);
  }

  async #cached(
    request: SearchRequest,
    variant: SearchVariant,
    recent: RecentAnswers,
    { context, embed }: { readonly context: () => SearchContext; readonly embed: EmbedQuery | undefined },
  ): Promise<SearchAnswer> {
    const answers = await recent.get([askedOf(request, variant)], async (missing, depends) =>
      Promise.all(
        missing.map((one) => search(context, one, embed, this.parts.notify, depends).catch(userErrorOf)),
      ),
    );
    return answerOf(answers);
  }

  #opened(variant: SearchVariant): Open {
    const key = JSON.stringify(variant);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const context = (): SearchContext => this.#contextOf(variant);
    const opened = { context, recent: new RecentAnswers(context, this.#embedOf(variant) === undefined) };
    this.#open.set(key, opened);
    return opened;
  }

  /** Vectors without filled values are the same, and so is what was calibrated with them. */
  async close(): Promise<void> {
    await Promise.all([...this.#generations.values()].map((one) => one.close()));
  }

  /** The catalog that a variant searches instead of the one that serves. */
  #derivedOf({ facts, generation }: SearchVariant): DerivedCatalog | undefined {
    if (generation === undefined) return facts ? undefined : this.parts.unenriched;
    const known = this.#generations.get(generation);
    if (known !== undefined) return known;
    const opened = this.parts.generationOf(generation);
    this.#generations.set(generation, opened);
    return opened;
  }

  /** The products of an imported ranking, in its order; undefined where it does not have the query. */
  #byImported(
    request: SearchRequest,
    { imported }: SearchVariant,
    run: (request: SearchRequest) => Promise<SearchAnswer>,
  ): Promise<SearchAnswer> | undefined {
    if (imported === undefined || request.q.trim() === '' || request.sort.length > 0) return undefined;
    const ids = this.parts.imported(imported, fold(request.q));
    return ids.length === 0 ? undefined : answerByRanking(request, ids, run);
  }

  #contextOf(variant: SearchVariant): SearchContext {
    const { rules, imported, weights, popularity, diversity, exploration } = variant;
    const found = this.parts.context();
    const index = this.#derivedOf(variant)?.current ?? found.index;
    const ranking = this.parts.ranking.resolve({ weights, popularity, diversity, exploration });
    return { ...found, index, ...ranking, ...((!rules || imported !== undefined) && { rules: undefined }) };
  }

  #embedOf({ meaning }: SearchVariant): EmbedQuery | undefined {
    return meaning ? this.parts.embedQuery : undefined;
  }
}

function askedOf(request: SearchRequest, { understand, correct }: SearchVariant): SearchRequest {
  return {
    ...request,
    understand: request.understand && understand,
    correct: request.correct && correct,
  };
}
