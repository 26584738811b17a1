import type { LiveIndex } from '../index/liveIndex.js';
import { Bitset } from '../structures/bitset.js';
import { selectTop } from '../structures/topK.js';
import { arrayPools } from './arrayPool.js';
import { onePerGroup, type VariantGroups, variantGroups } from './groupVariants.js';
import type { Ranking } from './rank/ranking.js';
import { byId, readSortOrder, type SortOrder } from './rank/sortOrder.js';
import type { RuleEffects } from './rules/ruleEffects.js';
import type { SearchRequest } from './searchRequest.js';

/** One page of the candidates in order. */
export interface Page {
  /** Products, or groups where variants are one hit. */
  readonly total: number;
  readonly listed: readonly number[];
  /** By relevance or as the request sorts; pins apart. */
  readonly order: SortOrder;
  /** Undefined unless variants are one hit. */
  readonly units: VariantGroups | undefined;
}

/** Puts the candidates in order, variants as one where the request groups, and what the rules pin in its place. */
export function paginate(
  index: LiveIndex,
  request: SearchRequest,
  ruled: RuleEffects,
  ranking: Ranking,
): Page {
  const { ordinals } = ruled.candidates;
  const order = orderOf(index, request, ruled, ranking);
  const from = (request.page - 1) * request.per_page;
  const to = from + request.per_page;
  if (!request.group) {
    const listed = ruled.place(selectTop(ordinals, to + ruled.spare, order)).slice(from, to);
    return { total: ordinals.length, listed, order, units: undefined };
  }
  const units = variantGroups(index);
  const { pinnedFirst } = ruled;
  const shown = onePerGroup(units, ordinals, (a, b) => pinnedFirst(a, b) || order(a, b));
  const listed = ruled
    .place(
      selectTop(shown, to + ruled.spare, order),
      ruled.spare === 0 ? undefined : Bitset.of(index.size, shown),
    )
    .slice(from, to);
  return { total: shown.length, listed, order, units };
}

function orderOf(index: LiveIndex, request: SearchRequest, ruled: RuleEffects, ranking: Ranking): SortOrder {
  if (request.sort.length > 0) return readSortOrder(index, request.sort);
  if (ruled.rules.length === 0) return (a, b) => ranking.score(b) - ranking.score(a) || byId(index, a, b);
  const scores = arrayPools.doubles(index.size);
  for (const ordinal of ruled.candidates.ordinals)
    scores[ordinal] = ranking.score(ordinal) + ruled.share(ordinal);
  return (a, b) => ruled.before(a, b) || (scores[b] ?? 0) - (scores[a] ?? 0) || byId(index, a, b);
}
