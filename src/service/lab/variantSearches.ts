import { LRUCache } from 'lru-cache';
import { UserError } from '../../domain/errors.js';
import { type EmbedQuery, search } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { SearchVariant } from '../../search/searchVariant.js';
import type { UnenrichedCatalog } from '../live/unenrichedCatalog.js';
import { RecentAnswers } from '../queries/recentAnswers.js';
import type { TimingListener } from '../reader.js';

/** More than an experiment has. */
const MAX_VARIANTS = 8;

export interface VariantParts {
  readonly context: () => SearchContext;
  readonly embedQuery: EmbedQuery | undefined;
  readonly unenriched: UnenrichedCatalog;
  readonly notify: TimingListener;
}

/** A variant, and the cache of its answers to shoppers. */
interface Open {
  readonly context: () => SearchContext;
  readonly recent: RecentAnswers;
}

/** Searches with other configurations than the one that serves. */
export class VariantSearches {
  readonly #open = new LRUCache<string, Open>({ max: MAX_VARIANTS });

  constructor(private readonly parts: VariantParts) {}

  /** For comparison; the first search without filled values opens the catalog a second time. */
  async compare(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer> {
    if (!variant.facts) await this.parts.unenriched.prepare();
    return search(() => this.#contextOf(variant), askedOf(request, variant), this.#embedOf(variant));
  }

  /**
   * For a shopper in an experiment. Every variant has a cache of its own, also the one that equals what serves: with the
   * cache of all other shoppers it would answer sooner than the variants that it is compared with.
   */
  async serve(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer> {
    if (!variant.facts) await this.parts.unenriched.prepareSoon();
    const { context, recent } = this.#opened(variant);
    const embed = this.#embedOf(variant);
    const [answer] = await recent.get([askedOf(request, variant)], async (missing, depends) =>
      Promise.all(
        missing.map((one) => search(context, one, embed, this.parts.notify, depends).catch(userErrorOf)),
      ),
    );
    if (answer === undefined || answer instanceof UserError)
      throw answer ?? new Error('A search has no answer.');
    return answer;
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
  #contextOf({ facts, rules, weights }: SearchVariant): SearchContext {
    const found = this.parts.context();
    const index = facts ? found.index : (this.parts.unenriched.current ?? found.index);
    return { ...found, index, weights, ...(!rules && { rules: undefined }) };
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

function userErrorOf(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
