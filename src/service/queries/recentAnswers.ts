import { LRUCache } from 'lru-cache';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { SearchContext } from '../../search/search.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';

/** Answers of one page each, about 20 kB. */
const MAX_ANSWERS = 500;

interface CachedAnswer {
  readonly answer: SearchAnswer;
  readonly context: SearchContext;
  readonly revision: number;
}

/**
 * An LRU cache of recent answers. An answer is valid while nothing that it depends on has changed: the index (down to
 * one price), the synonyms, the weights. With merchandising rules nothing is cached, because rules depend on the time.
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

  async get(request: SearchRequest, search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const started = performance.now();
    const context = this.context();
    this.asked++;
    if (context.index !== this.#index) {
      // Cached answers would keep the old generation in memory.
      this.#recent.clear();
      this.#index = context.index;
    }
    if (context.rules !== undefined || request.explain) return search();
    const key = JSON.stringify(request);
    const known = this.#recent.get(key);
    if (known !== undefined && isSame(known, context)) {
      this.remembered++;
      return { ...known.answer, took_ms: Math.round((performance.now() - started) * 1000) / 1000 };
    }
    this.#recent.delete(key);
    const { revision } = context.index;
    const answer = await search();
    // A change made while the query was embedded may be in the answer or not.
    if (isSame({ context, revision }, this.context()) && (this.lexicalOnly || answer.mode === 'hybrid')) {
      this.#recent.set(key, { answer, context, revision });
    }
    return answer;
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
    now.rules === undefined
  );
}
