import type { GenerationSummary } from '../catalog/generations.js';
import type { Product } from '../domain/product.js';
import type { RankingSettings } from '../search/rank/rankingSettings.js';
import type { RankingWeights } from '../search/rank/rankingWeights.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import type { SearchRequest } from '../search/searchRequest.js';
import type { SearchVariant } from '../search/searchVariant.js';
import type { SimilarAnswer, SimilarRequest } from '../search/similar/similarSchemas.js';
import type { SuggestAnswer, SuggestRequest } from '../search/suggest/suggestSchemas.js';
import type { Answered } from './queries/recentAnswers.js';
import type { SynonymSuggestion } from './queries/suggestSynonyms.js';
import type { RulesReader } from './rules/ruleBook.js';

/** Receives the milliseconds that each part of a search took. */
export type TimingListener = (parts: Readonly<Record<string, number>>) => void;

export interface Health {
  /** Whether searches are answered. */
  readonly ready: boolean;
  readonly mode: 'hybrid' | 'lexical';
  /** Undefined while nothing is indexed. */
  readonly generation: string | undefined;
  readonly products: number;
  /** Why it is not ready, answers by words only, or refuses writes: one sentence each. */
  readonly reasons: readonly string[];
}

/** Answers questions of shoppers about the products of a catalog, or about those of them that an API key may see. */
export interface CatalogReader {
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** As `search` answers each, in order; a search that cannot be read has its error instead. */
  searchMany(requests: readonly SearchRequest[]): Promise<Answered[]>;
  /** Completions of what is being typed. */
  suggest(request: SuggestRequest): Promise<SuggestAnswer>;
  /** The product as people read it, its blanks filled by applied facts, with `_shelfwright`. */
  product(id: string): Product | undefined;
  /** The same with the merchant's own markup, which the spans of its facts quote. */
  original(id: string): Product | undefined;
  /** Products like these, or the ids among these that are unknown. */
  similar(request: SimilarRequest): SimilarAnswer;
}

/**
 * Answers questions about a catalog: one store, the current generation with the changes written since, one model. It
 * follows what other processes write and switch to. Methods throw UserError for what the caller can correct.
 */
export interface Reader extends CatalogReader {
  /** A reader that answers as if only the products that pass this filter existed. */
  within(filter: string): Promise<CatalogReader>;
  /** The same made anew, for measuring; the query's vector may be remembered. */
  searchUncached(request: SearchRequest, timed: TimingListener): Promise<SearchAnswer>;
  /** The same without vectors, for comparison. */
  searchByWords(request: SearchRequest): Promise<SearchAnswer>;
  /** The same as if nothing had been enriched, for comparison; undefined if no fact is applied. */
  searchUnenriched(): Promise<((request: SearchRequest) => Promise<SearchAnswer>) | undefined>;
  /** The same with other ranking weights, for comparison. */
  searchWithWeights(request: SearchRequest, weights: RankingWeights): Promise<SearchAnswer>;
  /** How results are ordered now, as far as it was adopted from an experiment. */
  ranking(): RankingSettings;
  /** The same with another configuration, for comparison. */
  searchVariant(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer>;
  /** The same for a shopper in an experiment: timed, and from a cache of the variant's own. */
  searchInExperiment(request: SearchRequest, variant: SearchVariant): Promise<SearchAnswer>;
  /** Records a search whose answer was made by `searchInExperiment`. */
  recordQuery(request: SearchRequest, answer: SearchAnswer): void;
  /** Synonyms for the `limit` queries that most often found nothing; none without the model. */
  synonymSuggestions(limit: number): Promise<SynonymSuggestion[]>;
  /** The merchandising rules: what is pinned, hidden, boosted, and when. */
  readonly rules: RulesReader;
  generations(): Promise<GenerationSummary[]>;
  health(): Health;
  /** Calls `listener` after each search that was not answered from the cache. */
  onSearched(listener: TimingListener): void;
  close(): Promise<void>;
}
