import type { LiveIndex } from '../../index/liveIndex.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import { Suggester } from '../../search/suggest/suggester.js';
import type { SuggestAnswer, SuggestRequest } from '../../search/suggest/suggestSchemas.js';
import type { Store } from '../../store/open.js';
import { QueryLog } from '../../store/queryLog.js';
import { PopularQueries } from './popularQueries.js';
import { QueryRecorder } from './recordQueries.js';
import { type SynonymSuggestion, suggestSynonyms } from './suggestSynonyms.js';

/** A search or a keystroke must not wait for another process that writes the store. */
const NO_BUSY_TIMEOUT = 0;

/** Completes queries from the current index and from what people search for, which it also records. */
export class QueryCompletion {
  readonly #log: QueryLog;
  readonly #popular: PopularQueries;
  readonly #recorder: QueryRecorder | undefined;
  readonly #nameVectors = new Map<string, Float32Array>();
  readonly #closing = new AbortController();
  /** Of the index that serves, and of the one that will serve next. */
  readonly #suggesters = new WeakMap<LiveIndex, Promise<Suggester>>();

  /** Queries are kept for `days`; 0 records none. */
  constructor(
    dataDir: string,
    store: Pick<Store, 'path' | 'readOnly'>,
    days: number,
    private readonly index: () => LiveIndex,
  ) {
    this.#log = new QueryLog(store.path, NO_BUSY_TIMEOUT, { readonly: store.readOnly !== undefined });
    this.#popular = new PopularQueries(dataDir, this.#log);
    this.#recorder = days === 0 ? undefined : new QueryRecorder(this.#log, days);
  }

  async suggest(request: SuggestRequest): Promise<SuggestAnswer> {
    const suggester = await this.prepare(this.index());
    await suggester.update();
    return suggester.suggest(request, this.#popular.known());
  }

  /** Builds the completions of an index in slices, unless they are there. */
  prepare(index: LiveIndex): Promise<Suggester> {
    let suggester = this.#suggesters.get(index);
    if (suggester === undefined) {
      suggester = Suggester.prepare(index, this.#closing.signal);
      this.#suggesters.set(index, suggester);
      suggester.catch(() => this.#suggesters.delete(index));
    }
    return suggester;
  }

  /**
   * Completions of a part of the catalog. Searches of others are not suggested, only those of the file of popular queries
   * that these products answer.
   */
  suggestWith(suggester: Suggester, request: SuggestRequest): SuggestAnswer {
    return suggester.suggest(request, this.#popular.listed());
  }

  /** Records an answered search, where searches are recorded. */
  record(request: SearchRequest, answer: SearchAnswer): void {
    this.#recorder?.record(request, answer);
  }

  /** See `suggestSynonyms`. */
  synonyms(
    context: { readonly index: LiveIndex; readonly minCosine: number },
    embed: (texts: readonly string[]) => Promise<Float32Array[]>,
    limit: number,
  ): Promise<SynonymSuggestion[]> {
    return suggestSynonyms(this.#log, context, embed, this.#nameVectors, limit);
  }

  /** What was skipped or cannot be written: one sentence each. */
  problems(): string[] {
    const problem = this.#recorder?.problem();
    return [...this.#popular.problems(), ...(problem === undefined ? [] : [problem])];
  }

  close(): void {
    this.#closing.abort();
    this.#recorder?.close();
    this.#log.close();
  }
}
