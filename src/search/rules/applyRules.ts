import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import type { CompiledRule, CompiledRules } from './compileRules.js';
import { matchRules, type RuleContext } from './matchRules.js';
import { AppliedRules, noRuleEffects, type RuleEffects } from './ruleEffects.js';

/** A search as rules see it. */
export interface RuledSearch extends RuleContext {
  /** The shopper sorts by something other than relevance: rules that order stand back. */
  readonly sorted: boolean;
}

/** The candidates that the rules leave, and what the rules do with them once they are settled. */
export interface RuledCandidates {
  readonly candidates: CandidateSet;
  /** `settled` are these candidates, or those of them that a refinement leaves. */
  arrange(settled: CandidateSet): RuleEffects;
}

/**
 * Applies the rules whose conditions hold to the one candidate set, so that total, facets, pages and sorts count
 * what they leave. `pass` is what the shopper's own filter passes: what a rule pins beyond the candidates comes
 * from there. `candidates.set` is changed.
 */
export function applyRules(
  rules: CompiledRules | undefined,
  index: LiveIndex,
  search: RuledSearch,
  candidates: CandidateSet,
  pass: Bitset,
): RuledCandidates {
  const matched = rules === undefined ? [] : matchRules(rules, search);
  if (rules === undefined || matched.length === 0) return { candidates, arrange: noRuleEffects };
  const { set } = candidates;
  // Where everything passes and everything is meant, both may be the same set: it is read before it is changed.
  for (const ordinal of pinnedIn(index, matched).filter((one) => pass.has(one))) set.add(ordinal);
  takeAway(rules, index, matched, set);
  return {
    candidates: { ...candidates, set, ordinals: set.toArray() },
    arrange: (settled) =>
      new AppliedRules(
        rules,
        index,
        settled,
        search.sorted ? matched.filter(chooses) : matched,
        search.sorted,
      ),
  };
}

/** What `filter` and `hide` take out, nothing brings back: pinned products go too. */
function takeAway(
  { sets }: CompiledRules,
  index: LiveIndex,
  matched: readonly CompiledRule[],
  set: Bitset,
): void {
  for (const { kept, hidden, hiddenIds } of matched) {
    const keeps = kept && sets.passing(index, kept);
    if (keeps !== undefined) set.and(keeps);
    const hides = hidden && sets.passing(index, hidden);
    if (hides !== undefined) set.andNot(hides);
    for (const id of hiddenIds) {
      const ordinal = index.ordinalOf(id);
      if (ordinal !== undefined) set.delete(ordinal);
    }
  }
}

function pinnedIn(index: LiveIndex, matched: readonly CompiledRule[]): number[] {
  return matched
    .flatMap(({ pins }) => pins.map(({ id }) => index.ordinalOf(id)))
    .filter((ordinal) => ordinal !== undefined);
}

/** Whether a rule does more than order. */
function chooses({ kept, hidden, hiddenIds, pins, redirect }: CompiledRule): boolean {
  return (
    kept !== undefined ||
    hidden !== undefined ||
    hiddenIds.length > 0 ||
    pins.length > 0 ||
    redirect !== undefined
  );
}
