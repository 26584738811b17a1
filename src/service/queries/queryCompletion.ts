import type { LiveIndex } from '../../index/live.js';
import type { SearchAnswer } from '../../search/answer.js';
import type { SearchRequest } from '../../search/request.js';
import type { SuggestAnswer, SuggestRequest } from '../../search/suggest/request.js';
import { Suggester } from '../../search/suggest/suggester.js';
import { QueryLog } from '../../store/queryLog.js';
import { PopularQueries } from './popularQueries.js';
import { QueryRecorder } from './recordQueries.js';
import { type SynonymSuggestion, suggestSynonyms } from './suggestSynonyms.js';

/** A search or a keystroke is not to wait for another process that writes the store. */
const NO_BUSY_TIMEOUT = 0;

/** Completions over the generation that serves, from what it holds and from what people ask, which is recorded here. */
export class QueryCompletion {
  readonly #log: QueryLog;
  readonly #popular: PopularQueries;
  readonly #recorder: QueryRecorder | undefined;
  readonly #nameVectors = new Map<string, Float32Array>();
  #suggester: { readonly over: LiveIndex; readonly it: Suggester } | undefined;

  /** `days` is how long queries are kept; 0 records none. `storeFile` is a store that is open. */
  constructor(
    dataDir: string,
    storeFile: string,
    days: number,
    private readonly index: () => LiveIndex,
  ) {
    this.#log = new QueryLog(storeFile, NO_BUSY_TIMEOUT);
    this.#popular = new PopularQueries(dataDir, this.#log);
    this.#recorder = days === 0 ? undefined : new QueryRecorder(this.#log, days);
  }

  suggest(request: SuggestRequest): SuggestAnswer {
    const index = this.index();
    if (this.#suggester?.over !== index) this.#suggester = { over: index, it: new Suggester(index) };
    return this.#suggester.it.suggest(request, this.#popular.known());
  }

  /** Counts an answered search, where searches are kept, and returns its answer. */
  record(request: SearchRequest, answer: SearchAnswer): SearchAnswer {
    this.#recorder?.record(request, answer);
    return answer;
  }

  /** See `suggestSynonyms`. */
  synonyms(
    context: { readonly index: LiveIndex; readonly minCosine: number },
    embed: (texts: readonly string[]) => Promise<Float32Array[]>,
    limit: number,
  ): Promise<SynonymSuggestion[]> {
    return suggestSynonyms(this.#log, context, embed, this.#nameVectors, limit);
  }

  /** Sentences about what is passed over or cannot be written. */
  problems(): string[] {
    const problem = this.#recorder?.problem();
    return [...this.#popular.problems(), ...(problem === undefined ? [] : [problem])];
  }

  close(): void {
    this.#recorder?.close();
    this.#log.close();
  }
}
