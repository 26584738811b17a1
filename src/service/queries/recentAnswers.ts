import { LRUCache } from 'lru-cache';
import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { type AnswerDependence, validUntilChange } from '../../search/answerDependence.js';
import type { Depends } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchContext } from '../../search/searchContext.js';
import type { SearchRequest } from '../../search/searchRequest.js';

/** Answers of one page each, about 20 kB. */
const MAX_ANSWERS = 500;

/** The answer to a search, or why it cannot be read. */
export type Answered = SearchAnswer | UserError;

interface CachedAnswer {
  readonly answer: SearchAnswer;
  readonly dependence: AnswerDependence;
  /** The live changes up to which it is known to be valid. */
  liveChanges: number;
}

/** Makes the answers to searches, in their order, and says what each depends on. */
type Search = (missing: readonly SearchRequest[], depends: Depends) => Promise<readonly Answered[]>;

/**
 * An LRU cache of recent answers. An answer is valid while nothing that it depends on has changed: the products, the
 * synonyms, the weights, the rules that apply, and the prices that it shows, filters, sorts or counts by. The price of
 * another product does not matter (see `answerDependence`).
 * Never on disk, because queries are private.
 */
export class RecentAnswers {
  asked = 0;
  remembered = 0;
  readonly #recent = new LRUCache<string, CachedAnswer>({ max: MAX_ANSWERS });
  #index: LiveIndex | undefined;

  /** With `lexicalOnly` there is no model, and answers by words are cached too. */
  constructor(
    private readonly context: () => SearchContext,
    private readonly lexicalOnly: boolean,
  ) {}

  /** The answers to searches that are in the cache or that `search` makes, in their order; errors are not cached. */
  async get(requests: readonly SearchRequest[], search: Search): Promise<Answered[]> {
    const started = performance.now();
    const context = this.context();
    this.asked += requests.length;
    if (context.index !== this.#index) {
      // Cached answers would keep the old generation in memory.
      this.#recent.clear();
      this.#index = context.index;
    }
    const known = requests.map((request) => this.#known(request, context, started));
    const missing = requests.filter((_, place) => known[place] === undefined);
    const dependences = new Map<Answered, AnswerDependence>();
    const depends: Depends = (answer, dependence) => {
      if (dependence !== undefined) dependences.set(answer, dependence);
    };
    const made = missing.length === 0 ? [] : await search(missing, depends);
    const madeInOrder = made.values();
    return requests.flatMap((request, place) => {
      const answer = known[place] ?? madeInOrder.next().value;
      if (answer === undefined) return [];
      const dependence = dependences.get(answer);
      if (dependence !== undefined && !(answer instanceof UserError)) this.#keep(request, answer, dependence);
      return [answer];
    });
  }

  #keep(request: SearchRequest, answer: SearchAnswer, dependence: AnswerDependence): void {
    if (request.explain || !(this.lexicalOnly || answer.mode === 'hybrid')) return;
    // The index may have been switched while the query was embedded.
    if (dependence.context.index !== this.#index) return;
    const { liveChanges } = dependence;
    this.#recent.set(JSON.stringify(request), { answer, dependence, liveChanges });
  }

  #known(request: SearchRequest, context: SearchContext, started: number): SearchAnswer | undefined {
    if (request.explain) return undefined;
    const key = JSON.stringify(request);
    const known = this.#recent.get(key);
    if (known === undefined) return undefined;
    const liveChanges = validUntilChange(known.dependence, known.liveChanges, context);
    if (liveChanges === undefined) {
      this.#recent.delete(key);
      return undefined;
    }
    known.liveChanges = liveChanges;
    this.remembered++;
    return { ...known.answer, took_ms: Math.round((performance.now() - started) * 1000) / 1000 };
  }
}
