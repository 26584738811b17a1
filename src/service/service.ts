import type { GenerationSummary } from '../catalog/generations.js';
import type { Fact } from '../domain/fact.js';
import type { LivePatch, Product } from '../domain/product.js';
import type { SearchAnswer } from '../search/answer.js';
import type { RankingWeights } from '../search/rank/weights.js';
import type { SearchRequest } from '../search/request.js';
import type { SimilarAnswer } from '../search/similar/answer.js';
import type { SimilarRequest } from '../search/similar/request.js';
import type { SuggestAnswer, SuggestRequest } from '../search/suggest/request.js';
import type { ApiKeys } from './apiKeys.js';
import type { Imports } from './jobs/imports.js';
import type { JobQueue } from './jobs/jobQueue.js';
import type { Monitor } from './monitor/monitor.js';
import type { SynonymSuggestion } from './queries/suggestSynonyms.js';
import type { Review } from './review/review.js';
import type { RuleBook } from './rules/ruleBook.js';
import type { IdempotencyKey } from './writes/idempotency.js';

/** What is measured of the quality of the shop, and who hears when it falls. */
export type Monitoring = Pick<Monitor, 'state' | 'onAlert' | 'onProblem'>;

export type PartsListener = (parts: Readonly<Record<string, number>>) => void;

export type Jobs = Pick<JobQueue, 'submit' | 'get' | 'list' | 'cancel' | 'standDown'>;

export interface ServiceFigures {
  readonly products: number;
  /** Products written since the serving generation was built. */
  readonly delta: number;
  /** Seconds since then. */
  readonly generationAge: number;
  readonly jobsQueued: number;
  /** Queries that a vector was asked for, and those of them whose vector was remembered. */
  readonly vectorsAsked: number;
  readonly vectorsRemembered: number;
  /** Searches, and those of them whose answer was remembered. */
  readonly answersAsked: number;
  readonly answersRemembered: number;
  /** Rows of all imports since the store was made, and those of them that went to quarantine. */
  readonly importedRows: number;
  readonly quarantinedRows: number;
}

/** What became of one row of a write. */
export type WriteResult =
  | { readonly id: string; readonly status: 'created' | 'updated' | 'unchanged' }
  | { readonly row: number; readonly status: 'refused'; readonly field: string; readonly reason: string };

export interface Health {
  /** Whether searches are answered. */
  readonly ready: boolean;
  readonly mode: 'hybrid' | 'lexical';
  /** Undefined while nothing was indexed yet. */
  readonly generation: string | undefined;
  readonly products: number;
  /** Why not ready, or why lexical only. */
  readonly reasons: readonly string[];
}

/**
 * The running service behind the faces: one store, one serving generation with its delta, one model.
 * Every method throws UserError for what the caller can mend.
 */
export interface Service {
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** The same by words alone, to compare with. */
  searchByWords(request: SearchRequest): Promise<SearchAnswer>;
  /** The same with other weights of the ranking, to compare with. */
  searchWithWeights(request: SearchRequest, weights: RankingWeights): Promise<SearchAnswer>;
  /** Completions of what is being typed. */
  suggest(request: SuggestRequest): SuggestAnswer;
  /** What people may mean by the `limit` queries that found nothing most often; none without the model. */
  synonymSuggestions(limit: number): Promise<SynonymSuggestion[]>;
  /** The product as it stands, blanks filled by applied facts, with `_shelfwright`. */
  product(id: string): Product | undefined;
  /** What is like these products, or which of them there are not. */
  similar(request: SimilarRequest): SimilarAnswer;
  /**
   * Upserts; on return every accepted row is on disk and in the next search. Of this and the two below: what was done
   * before under the same idempotencyKey is answered again and not done again.
   */
  upsert(rows: readonly unknown[], idempotencyKey?: IdempotencyKey): Promise<WriteResult[]>;
  patch(id: string, live: LivePatch, idempotencyKey?: IdempotencyKey): Promise<Product | undefined>;
  remove(id: string, idempotencyKey?: IdempotencyKey): Promise<boolean>;
  /** Facts for products that are not stored. */
  enrich(products: readonly Product[]): Promise<{ id: string; facts: Fact[] }[]>;
  /** The doubtful values, and what people decide about them. */
  readonly review: Review;
  /** Who may use the service. */
  readonly access: ApiKeys;
  /** Long work, done beside the service. */
  readonly jobs: Jobs;
  readonly imports: Imports;
  readonly monitor: Monitoring;
  /** `listen` is told the milliseconds that each part of a search took; nothing of one whose answer was remembered. */
  onSearched(listen: PartsListener): void;
  /** How the service stands, in numbers. */
  figures(): ServiceFigures;
  /** Merchandising rules: what is pinned, hidden, boosted, and when. */
  readonly rules: RuleBook;
  generations(): Promise<GenerationSummary[]>;
  activate(id: string): Promise<void>;
  health(): Health;
  close(): Promise<void>;
}
