import type { LiveIndex } from '../index/liveIndex.js';
import { Bitset } from '../structures/bitset.js';
import { selectTop } from '../structures/topK.js';
import { arrayPools } from './arrayPool.js';
import { onePerGroup, type VariantGroups, variantGroups } from './groupVariants.js';
import { ARRANGED_PLACES, type Arrangement, arrange } from './rank/arrange.js';
import type { Ranking } from './rank/ranking.js';
import { byId, readSortOrder, type SortOrder } from './rank/sortOrder.js';
import type { RuleEffects } from './rules/ruleEffects.js';
import type { SearchRequest } from './searchRequest.js';

/** One page of the sorted candidates. */
export interface Page {
  /** Number of products, or of groups if variants are grouped. */
  readonly total: number;
  readonly listed: readonly number[];
  /** By relevance or by the requested sort; without pins. */
  readonly order: SortOrder;
  /** Undefined unless variants are grouped. */
  readonly groups: VariantGroups | undefined;
}

/**
 * Sorts the candidates, groups variants if requested, arranges the first places, inserts pinned products, and cuts out the
 * requested page.
 */
export function paginate(
  index: LiveIndex,
  request: SearchRequest,
  ruleEffects: RuleEffects,
  ranking: Ranking,
  arrangement?: Arrangement,
): Page {
  const { ordinals } = ruleEffects.candidates;
  const order = orderOf(index, request, ruleEffects, ranking);
  const from = (request.page - 1) * request.per_page;
  const to = from + request.per_page;
  const best = (among: Uint32Array): number[] => {
    const isArranged = arrangement !== undefined && request.sort.length === 0;
    const wanted = (isArranged ? Math.max(to, ARRANGED_PLACES) : to) + ruleEffects.spare;
    const ranked = selectTop(among, wanted, order);
    if (isArranged) arrangeAbove(index, ranked, arrangement, ruleEffects, ranking, request.q);
    return ranked;
  };
  if (!request.group) {
    const listed = ruleEffects.place(best(ordinals)).slice(from, to);
    return { total: ordinals.length, listed, order, groups: undefined };
  }
  const groups = variantGroups(index);
  const { pinnedFirst } = ruleEffects;
  const representatives = onePerGroup(groups, ordinals, (a, b) => pinnedFirst(a, b) || order(a, b));
  const listed = ruleEffects
    .place(
      best(representatives),
      ruleEffects.spare === 0 ? undefined : Bitset.of(index.size, representatives),
    )
    .slice(from, to);
  return { total: representatives.length, listed, order, groups };
}

function orderOf(
  index: LiveIndex,
  request: SearchRequest,
  ruleEffects: RuleEffects,
  ranking: Ranking,
): SortOrder {
  if (request.sort.length > 0) return readSortOrder(index, request.sort);
  if (ruleEffects.rules.length === 0)
    return (a, b) => ranking.score(b) - ranking.score(a) || byId(index, a, b);
  const scores = arrayPools.doubles(index.size);
  for (const ordinal of ruleEffects.candidates.ordinals)
    scores[ordinal] = ranking.score(ordinal) + ruleEffects.share(ordinal);
  return (a, b) => ruleEffects.before(a, b) || (scores[b] ?? 0) - (scores[a] ?? 0) || byId(index, a, b);
}

/** Products that a rule moves behind all others stay there. */
function arrangeAbove(
  index: LiveIndex,
  ranked: number[],
  arrangement: Arrangement,
  ruleEffects: RuleEffects,
  ranking: Ranking,
  query: string,
): void {
  const [best] = ranked;
  if (best === undefined) return;
  const behind = ranked.findIndex((ordinal) => ruleEffects.before(best, ordinal) !== 0);
  const end = behind === -1 ? ranked.length : behind;
  const above = ranked.slice(0, end);
  arrange(index, above, arrangement, (ordinal) => ranking.score(ordinal) + ruleEffects.share(ordinal), query);
  for (const [place, ordinal] of above.entries()) ranked[place] = ordinal;
}
