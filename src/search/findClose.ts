import type { LiveIndex } from '../index/liveIndex.js';
import { Bitset } from '../structures/bitset.js';
import { selectTop } from '../structures/topK.js';
import type { CandidateRequest } from './findCandidates.js';
import type { PopularitySource } from './rank/popularity.js';
import { Ranking } from './rank/ranking.js';
import type { RankingWeights } from './rank/rankingWeights.js';
import { byId } from './rank/sortOrder.js';
import {
  type CandidateSet,
  finishCandidates,
  type MatchThresholds,
  retrieve,
  STRICT,
} from './retrieve/retrieve.js';
import { applyRules, type RuledSearch } from './rules/applyRules.js';
import type { CompiledRules } from './rules/compileRules.js';

/** Maximum number of close products. */
export const MAX_CLOSE = 5;
/** What a close product has: a word of the query, or a meaning within the catalog's cut-off. */
export const CLOSE: MatchThresholds = { ...STRICT, minCoverage: 0.1 };

/** What an empty or short answer was searched with. */
export interface CloseRequest extends CandidateRequest {
  /** The products to choose from. */
  readonly pass: Bitset;
  /** Thresholds for a close product; by default, a word of the query or a meaning within the catalog's cut-off. */
  readonly match?: MatchThresholds | undefined;
  /** How well each product agrees with the readings of the query. */
  readonly agreement?: ((ordinal: number) => number) | undefined;
  /** The products that pass the refinement, if there is one. */
  readonly within: Bitset | undefined;
  readonly rules: CompiledRules | undefined;
  readonly ruledSearch: RuledSearch;
  readonly weights: RankingWeights | undefined;
  readonly popularity: PopularitySource | undefined;
}

/**
 * The best of the products that resemble a query that found nothing or little, and their ranking. They pass all filters,
 * and no rule hides them; rules pin nothing here.
 */
export function findClose(
  index: LiveIndex,
  {
    understood,
    vector,
    minCosine,
    pass,
    within,
    rules,
    ruledSearch,
    weights,
    popularity,
    match,
    agreement,
  }: CloseRequest,
): { readonly ordinals: readonly number[]; readonly candidates: CandidateSet; readonly ranking: Ranking } {
  const found = retrieve(index, understood, vector, minCosine, pass, match ?? CLOSE);
  const { candidates } = applyRules(rules, index, ruledSearch, found, Bitset.of(index.size, []));
  const finished = finishCandidates(index, candidates, vector, within);
  const ranking = new Ranking(index, finished, weights, agreement, popularity);
  const ordinals = selectTop(
    finished.ordinals,
    MAX_CLOSE,
    (a, b) => ranking.score(b) - ranking.score(a) || byId(index, a, b),
  );
  return { ordinals, candidates: finished, ranking };
}
