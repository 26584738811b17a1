import type { LiveIndex } from '../index/liveIndex.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import type { Arrangement } from './rank/arrange.js';
import type { PopularitySource } from './rank/popularity.js';
import type { RankingWeights } from './rank/rankingWeights.js';
import type { QueryRelevance } from './relevance/queryRelevance.js';
import type { CompiledRules } from './rules/compileRules.js';
import type { Synonyms } from './understand/synonyms.js';

/** What a search runs on: an index, the catalog's cut-off for semantic hits, and the governing taxonomy. */
export interface SearchContext {
  readonly index: LiveIndex;
  readonly minCosine: number;
  /** Tells queries that have nothing to do with the catalog; undefined if the catalog says too little. */
  readonly relevance?: QueryRelevance | undefined;
  /** The whole words that the transformer knows, folded. */
  readonly vocabulary?: ReadonlySet<string> | undefined;
  /** Undefined if the shop has no taxonomy of its own. */
  readonly taxonomy: TaxonomyView | undefined;
  /** Default: WEIGHTS. */
  readonly weights?: RankingWeights;
  /** Default: a field of the catalog. */
  readonly popularity?: PopularitySource | undefined;
  /** What changes the first places after the ranking; default: nothing. */
  readonly arrangement?: Arrangement | undefined;
  /** The shop's merchandising rules, if any. */
  readonly rules?: CompiledRules | undefined;
  readonly synonyms?: Synonyms;
}
