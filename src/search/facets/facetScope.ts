import type { Column, LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { VariantGroups } from '../groupVariants.js';

/** What facets are counted over. */
export interface FacetScope {
  readonly index: LiveIndex;
  /** The candidate set. */
  readonly candidates: Bitset;
  /**
   * For a refined field, the candidates without the field's own refinement; other fields count `candidates`.
   */
  readonly unrefined: ReadonlyMap<string, Bitset>;
  /** What counts as one; undefined if each product does. */
  readonly groups: VariantGroups | undefined;
}

/** The candidates that a field's values are counted over. */
export function candidatesFor({ candidates, unrefined }: FacetScope, field: string): Bitset {
  return unrefined.get(field) ?? candidates;
}

/** Visits the cells of candidates with value code and ordinal; ordinals ascend. */
export function forEachCandidateCell(
  scope: FacetScope,
  column: Column,
  visit: (code: number, ordinal: number) => void,
): void {
  const candidates = candidatesFor(scope, column.name);
  const { ordinals, codes } = column;
  for (let cell = 0; cell < codes.length; cell++) {
    const ordinal = ordinals[cell] ?? 0;
    if (candidates.has(ordinal)) visit(codes[cell] ?? 0, ordinal);
  }
}
