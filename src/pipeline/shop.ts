import type { Fact } from '../domain/fact.js';
import type { LivePatch, Product } from '../domain/product.js';
import type { SearchAnswer } from '../search/answer.js';
import type { SearchRequest } from '../search/request.js';
import type { SuggestAnswer, SuggestRequest } from '../search/suggest/request.js';
import type { SynonymSuggestion } from './queries/suggestSynonyms.js';
import type { Review } from './review/review.js';

/** What became of one row of a write. */
export type WriteResult =
  | { readonly id: string; readonly status: 'created' | 'updated' | 'unchanged' }
  | { readonly row: number; readonly status: 'refused'; readonly field: string; readonly reason: string };

export interface GenerationSummary {
  readonly id: string;
  readonly created: string;
  readonly products: number;
  readonly taxonomy: string;
  readonly model: string;
  readonly current: boolean;
}

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
export interface Shop {
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** The same by words alone, to compare with. */
  searchByWords(request: SearchRequest): Promise<SearchAnswer>;
  /** Completions of what is being typed. */
  suggest(request: SuggestRequest): SuggestAnswer;
  /** What people may mean by the `limit` queries that found nothing most often; none without the model. */
  synonymSuggestions(limit: number): Promise<SynonymSuggestion[]>;
  /** The product as it stands, blanks filled by applied facts, with `_shelfwright`. */
  product(id: string): Product | undefined;
  similar(id: string, limit: number): { id: string; score: number; product: Product }[] | undefined;
  /** Upserts; on return every accepted row is on disk and in the next search. */
  upsert(rows: readonly unknown[]): Promise<WriteResult[]>;
  patch(id: string, live: LivePatch): Product | undefined;
  remove(id: string): boolean;
  /** Facts for products that are not stored. */
  enrich(products: readonly Product[]): Promise<{ id: string; facts: Fact[] }[]>;
  /** The doubtful values, and what people decide about them. */
  readonly review: Review;
  generations(): Promise<GenerationSummary[]>;
  activate(id: string): Promise<void>;
  health(): Health;
  close(): Promise<void>;
}
