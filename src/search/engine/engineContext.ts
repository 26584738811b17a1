import type { TaxonomyView } from '../../taxonomy/view.js';
import type { RankingWeights } from '../rank/rankingWeights.js';
import type { QueryRelevance } from '../relevance/queryRelevance.js';
import type { CompiledRules } from '../rules/compileRules.js';
import type { Synonyms } from '../understand/synonyms.js';
import type { ProductEngine } from './productEngine.js';
import type { VocabularyIndex } from './vocabularyIndex.js';

/** What a search runs on whose products are elsewhere; see SearchContext. */
export interface EngineContext {
  readonly vocabulary: VocabularyIndex;
  /** For one search. */
  readonly engine: () => ProductEngine;
  readonly minCosine: number;
  readonly relevance?: QueryRelevance | undefined;
  /** The whole words that the transformer knows, folded. */
  readonly words?: ReadonlySet<string> | undefined;
  readonly taxonomy: TaxonomyView | undefined;
  readonly weights?: RankingWeights;
  readonly rules?: CompiledRules | undefined;
  readonly synonyms?: Synonyms;
}
