import { LRUCache } from 'lru-cache';
import type { LiveIndex } from '../index/live.js';
import type { SearchAnswer } from '../search/answer.js';
import type { SearchRequest } from '../search/request.js';
import type { SearchGround } from '../search/search.js';

/** Answers of one page each, some twenty kilobytes. */
const KEPT = 500;

interface Kept {
  readonly answer: SearchAnswer;
  readonly ground: SearchGround;
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
    private readonly ground: () => SearchGround,
    private readonly lacking: boolean,
  ) {}

  async get(request: SearchRequest, search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const started = performance.now();
    const ground = this.ground();
    this.asked++;
    if (ground.index !== this.#index) {
      // A generation that serves no more must not be held.
      this.#recent.clear();
      this.#index = ground.index;
    }
    if (ground.rules !== undefined || request.explain) return search();
    const key = JSON.stringify(request);
    const known = this.#recent.get(key);
    if (known !== undefined && isSame(known, ground)) {
      this.remembered++;
      return { ...known.answer, took_ms: Math.round((performance.now() - started) * 1000) / 1000 };
    }
    this.#recent.delete(key);
    const { revision } = ground.index;
    const answer = await search();
    // What changed while the query was embedded may be in the answer or not.
    if (isSame({ ground, revision }, this.ground()) && (this.lacking || answer.mode === 'hybrid')) {
      this.#recent.set(key, { answer, ground, revision });
    }
    return answer;
  }
}

function isSame({ ground, revision }: Pick<Kept, 'ground' | 'revision'>, now: SearchGround): boolean {
  return (
    ground.index === now.index &&
    revision === now.index.revision &&
    ground.leastCosine === now.leastCosine &&
    ground.taxonomy === now.taxonomy &&
    ground.synonyms === now.synonyms &&
    ground.weights === now.weights &&
    now.rules === undefined
  );
}
