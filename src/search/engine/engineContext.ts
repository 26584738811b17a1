import type { SearchContext } from '../searchContext.js';
import type { ProductEngine } from './productEngine.js';
import type { VocabularyIndex } from './vocabularyIndex.js';

/** What a search runs on whose products are elsewhere; see SearchContext. */
export interface EngineContext
  extends Pick<SearchContext, 'minCosine' | 'relevance' | 'taxonomy' | 'weights' | 'rules' | 'synonyms'> {
  readonly vocabulary: VocabularyIndex;
  /** For one search. */
  readonly engine: () => ProductEngine;
  /** The whole words that the transformer knows, folded. */
  readonly words?: SearchContext['vocabulary'];
}
