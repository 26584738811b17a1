import type { FoundSet, ProductSet, ProductSets } from '../../engine/productSets.js';
import { fieldsIn } from '../../filter/matchProduct.js';
import { type Applied, chooseFilters, isCategory, wideFilter } from './chooseFilters.js';
import type { Interpretation, Reading } from './interpretation.js';

/** Weight of matching interpretations at which agreement is 1. */
const FULL_AGREEMENT = 4;

/**
 * The result of a search under interpretations: what strict ones leave, and how well each product agrees with
 * the others.
 */
export interface InterpretedSearch<Set, Found> {
  readonly found: Found;
  readonly readings: readonly Reading[];
  /** Restricts a set to the strict interpretations; changes the set. */
  passing(set: Set): Set;
  /**
   * Restricts a set to what the strict interpretations leave without those on attributes and brands that filter
   * because they are certain together; undefined if there are none. Changes the set.
   */
  readonly widening: ((set: Set) => Set) | undefined;
  /** From 0 to 1. */
  agreement(ordinal: number): number;
}

/**
 * Finds the products of `pass` that satisfy the strict interpretations. If that leaves nothing although a
 * search without them finds something, interpretations are dropped as filters, the last of the query first.
 * Interpretations that no product satisfies are not reported. Others may filter too, see chooseFilters.
 */
export function applyInterpretations<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  interpretations: readonly Interpretation[],
  pass: Set,
  find: (pass: Set) => Found,
): InterpretedSearch<Set, Found> {
  const applied = interpretations
    .map((interpretation) => appliedTo(sets, interpretation))
    .filter(({ interpretation, bits }) => interpretation.consumesWords || bits.count() > 0);
  const safe = applied.filter(({ interpretation }) => interpretation.strict);
  const restrict = (set: Set, by: readonly Applied<Set>[]): Set =>
    by.reduce((restricted, { left }) => restricted.and(left), set);
  const chosen = chooseFilters(sets.all, applied, (filters) => {
    const result = find(restrict(sets.all(), filters));
    return { set: result.set, full: sets.fullMatches(result) };
  });
  const strict =
    chosen.length === 0 ? safe : applied.filter((one) => safe.includes(one) || chosen.includes(one));
  let found = find(restrict(pass.clone(), strict));
  let filtering = strict;
  if (strict.length > 0 && found.set.count() === 0) {
    const unfiltered = find(pass.clone());
    if (unfiltered.set.count() > 0) {
      const remaining = unfiltered.set.clone();
      filtering = strict.filter(({ left }) => remaining.countAnd(left) > 0 && remaining.and(left));
      found = filtering.length === 0 ? unfiltered : find(restrict(pass.clone(), filtering));
    }
  }
  const isFiltering = new Set(filtering);
  const wider = filtering.filter((one) => !chosen.includes(one) || isCategory(one.interpretation));
  const boosts = applied.flatMap((one) => boostOf(sets, one, isFiltering.has(one)));
  return {
    found,
    readings: applied.map((one) => {
      const { text, start, end, filter } = one.interpretation;
      const strict = isFiltering.has(one);
      // Where no field is blank, the value says it all.
      const isWide = strict && chosen.includes(one) && one.left.count() > one.bits.count();
      return {
        text,
        start,
        end,
        filter: isWide ? (wideFilter(one.interpretation)?.filter ?? filter) : filter,
        strict,
      };
    }),
    passing: (set) => restrict(set, filtering),
    widening: wider.length < filtering.length ? (set) => restrict(set, wider) : undefined,
    agreement: (ordinal) => {
      let sum = 0;
      for (const { bits, weight, support } of boosts) if (bits.has(ordinal)) sum += weight * support(ordinal);
      return Math.min(1, sum / FULL_AGREEMENT);
    },
  };
}

function appliedTo<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  interpretation: Interpretation,
): Applied<Set> {
  const bits = sets.passing(interpretation.parsed);
  const wide = wideFilter(interpretation);
  let left = wide === undefined ? bits : undefined;
  return {
    interpretation,
    bits,
    // Most queries never choose among filters.
    get left() {
      left ??= wide === undefined ? bits : sets.passing(wide.parsed);
      return left;
    },
  };
}

interface Boost {
  readonly bits: { has(ordinal: number): boolean };
  readonly weight: number;
  /** How much the product's value says, 0 to 1; see `Columns.support`. */
  readonly support: (ordinal: number) => number;
}

function boostOf<Set extends ProductSet<Set>, Found extends FoundSet<Set>>(
  sets: ProductSets<Set, Found>,
  { interpretation, bits }: Applied<Set>,
  isFiltering: boolean,
): Boost[] {
  if (interpretation.missing !== undefined) {
    const missing = sets.mentioning(interpretation.missing).and(bits);
    return [{ bits: missing, weight: 1, support: () => 1 }];
  }
  if (isFiltering && isImpliedByHits(interpretation)) return [];
  const supports = fieldsIn(interpretation.parsed).map((field) => sets.index.columns.support(field));
  const support = (ordinal: number): number =>
    supports.reduce((least, one) => Math.min(least, one.of(ordinal)), 1);
  return [{ bits, weight: interpretation.certainty, support }];
}

/** All hits satisfy a price or negation anyway. */
function isImpliedByHits({ consumesWords }: Interpretation): boolean {
  return consumesWords;
}
