import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import type { CompiledRule, CompiledRules } from './compileRules.js';
import { matchRules, type RuleContext } from './matchRules.js';
import { AppliedRules, noRuleEffects, type RuleEffects } from './ruleEffects.js';

/** A search as rules see it. */
export interface RuledSearch extends RuleContext {
  /** True if the request sorts by something other than relevance: rules then do not reorder. */
  readonly sorted: boolean;
}

/** The candidates after filtering by rules, and a function that applies the other effects. */
export interface RuledCandidates {
  readonly candidates: CandidateSet;
  /** The rules that apply. */
  readonly matched: readonly CompiledRule[];
  /** `settled` are these candidates, or the part of them that passes the refinement. */
  arrange(settled: CandidateSet): RuleEffects;
}

/**
 * Applies the rules whose conditions hold to the candidate set, so that total, facets, pages and sorts count
 * the result. `pass` are the products that pass the shopper's own filter: pinned products are added only from
 * there. Changes `candidates.set`.
 */
export function applyRules(
  rules: CompiledRules | undefined,
  index: LiveIndex,
  search: RuledSearch,
  candidates: CandidateSet,
  pass: Bitset,
): RuledCandidates {
  const matched = rules === undefined ? [] : matchRules(rules, search);
  if (rules === undefined || matched.length === 0) return { candidates, matched, arrange: noRuleEffects };
  const { set } = candidates;
  // For an empty query without a filter both may be the same set, so it is read before it is changed.
  for (const ordinal of pinnedOrdinals(index, matched).filter((one) => pass.has(one))) set.add(ordinal);
  removeProducts(rules, index, matched, set);
  return {
    candidates: { ...candidates, set, ordinals: set.toArray() },
    matched,
    arrange: (settled) =>
      new AppliedRules(
        rules,
        index,
        settled,
        search.sorted ? matched.filter(doesMoreThanReorder) : matched,
        search.sorted,
      ),
  };
}

/** Removes products by `filter` and `hide`, pinned ones included. */
function removeProducts(
  { sets }: CompiledRules,
  index: LiveIndex,
  matched: readonly CompiledRule[],
  set: Bitset,
): void {
  for (const { kept, hidden, hiddenIds } of matched) {
    const keptSet = kept && sets.passing(index, kept);
    if (keptSet !== undefined) set.and(keptSet);
    const hiddenSet = hidden && sets.passing(index, hidden);
    if (hiddenSet !== undefined) set.andNot(hiddenSet);
    for (const id of hiddenIds) {
      const ordinal = index.ordinalOf(id);
      if (ordinal !== undefined) set.delete(ordinal);
    }
  }
}

function pinnedOrdinals(index: LiveIndex, matched: readonly CompiledRule[]): number[] {
  return matched
    .flatMap(({ pins }) => pins.map(({ id }) => index.ordinalOf(id)))
    .filter((ordinal) => ordinal !== undefined);
}

/** Whether a rule does more than reorder. */
function doesMoreThanReorder({ kept, hidden, hiddenIds, pins, redirect }: CompiledRule): boolean {
  return (
    kept !== undefined ||
    hidden !== undefined ||
    hiddenIds.length > 0 ||
    pins.length > 0 ||
    redirect !== undefined
  );
}
