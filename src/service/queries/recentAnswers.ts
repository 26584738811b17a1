import { LRUCache } from 'lru-cache';
import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { SearchContext } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';

/** Answers of one page each, about 20 kB. */
const MAX_ANSWERS = 500;

/** The answer to a search, or why it cannot be read. */
export type Answered = SearchAnswer | UserError;

interface CachedAnswer {
  readonly answer: SearchAnswer;
  readonly context: SearchContext;
  readonly revision: number;
}

/**
 * An LRU cache of recent answers. An answer is valid while nothing that it depends on has changed: the index (down to
 * one price), the synonyms, the ranking. With merchandising rules nothing is cached, because rules depend on the time;
 * synonyms do not.
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
  async get(
    requests: readonly SearchRequest[],
    search: (missing: readonly SearchRequest[]) => Promise<readonly Answered[]>,
  ): Promise<Answered[]> {
    const started = performance.now();
    const context = this.context();
    this.asked += requests.length;
    if (context.index !== this.#index) {
      // Cached answers would keep the old generation in memory.
      this.#recent.clear();
      this.#index = context.index;
    }
    const known = requests.map((request) => this.#known(request, context, started));
    const { revision } = context.index;
    const missing = requests.filter((_, place) => known[place] === undefined);
    const made = missing.length === 0 ? [] : await search(missing);
    // A change made while the query was embedded may be in the answer or not.
    const isCurrent = isSame({ context, revision }, this.context());
    const madeInOrder = made.values();
    return requests.flatMap((request, place) => {
      const answer = known[place] ?? madeInOrder.next().value;
      if (answer === undefined) return [];
      if (known[place] === undefined && isCurrent && !(answer instanceof UserError)) {
        if (!request.explain && (this.lexicalOnly || answer.mode === 'hybrid'))
          this.#recent.set(JSON.stringify(request), { answer, context, revision });
      }
      return [answer];
    });
  }

  #known(request: SearchRequest, context: SearchContext, started: number): SearchAnswer | undefined {
    if (context.rules?.isTimeless === false || request.explain) return undefined;
    const key = JSON.stringify(request);
    const known = this.#recent.get(key);
    if (known === undefined) return undefined;
    if (!isSame(known, context)) {
      this.#recent.delete(key);
      return undefined;
    }
    this.remembered++;
    return { ...known.answer, took_ms: Math.round((performance.now() - started) * 1000) / 1000 };
  }
}

function isSame(
  { context, revision }: Pick<CachedAnswer, 'context' | 'revision'>,
  now: SearchContext,
): boolean {
  return (
    context.index === now.index &&
    revision === now.index.revision &&
    context.minCosine === now.minCosine &&
    context.relevance === now.relevance &&
    context.taxonomy === now.taxonomy &&
    context.synonyms === now.synonyms &&
    context.weights === now.weights &&
    context.popularity === now.popularity &&
    context.arrangement === now.arrangement &&
    context.rules === now.rules &&
    now.rules?.isTimeless !== false
  );
}
