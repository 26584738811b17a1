import { LRUCache } from 'lru-cache';
import type { LiveIndex } from '../../index/live.js';
import type { SearchAnswer } from '../../search/answer.js';
import type { SearchRequest } from '../../search/request.js';
import type { SearchContext } from '../../search/search.js';

/** Answers of one page each, some twenty kilobytes. */
const KEPT = 500;

interface Kept {
  readonly answer: SearchAnswer;
  readonly context: SearchContext;
  readonly revision: number;
}

/**
 * Answers given lately, for those who ask the same: as long as nothing has changed that they rest on, the index to the
 * last price, synonyms or weights. Under rules none are kept, for rules go by the clock. Never on disk: queries are
 * people's.
 */
export class RecentAnswers {
  asked = 0;
  remembered = 0;
  readonly #recent = new LRUCache<string, Kept>({ max: KEPT });
  #index: LiveIndex | undefined;

  /** `lacking`: that there is no model, so that an answer by words is as good as it gets. */
  constructor(
    private readonly context: () => SearchContext,
    private readonly missing: boolean,
  ) {}

  async get(request: SearchRequest, search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const started = performance.now();
    const context = this.context();
    this.asked++;
    if (context.index !== this.#index) {
      // A generation that serves no more must not be held.
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
    // What changed while the query was embedded may be in the answer or not.
    if (isSame({ context, revision }, this.context()) && (this.missing || answer.mode === 'hybrid')) {
      this.#recent.set(key, { answer, context, revision });
    }
    return answer;
  }
}

function isSame({ context, revision }: Pick<Kept, 'context' | 'revision'>, now: SearchContext): boolean {
  return (
    context.index === now.index &&
    revision === now.index.revision &&
    context.minCosine === now.minCosine &&
    context.taxonomy === now.taxonomy &&
    context.synonyms === now.synonyms &&
    context.weights === now.weights &&
    now.rules === undefined
  );
}
