import type { Column, LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { VariantGroups } from '../groupVariants.js';

/** What facets count over. */
export interface FacetScope {
  readonly index: LiveIndex;
  /** The one candidate set. */
  readonly candidates: Bitset;
  /** For a refined field the candidates without its own refinement; a field that is not here counts `candidates`. */
  readonly unrefined: ReadonlyMap<string, Bitset>;
  /** What counts as one; each product where undefined. */
  readonly units: VariantGroups | undefined;
}

/** The candidates that a field's values are counted over. */
export function candidatesFor({ candidates, unrefined }: FacetScope, field: string): Bitset {
  return unrefined.get(field) ?? candidates;
}

/** Visits the cells of candidates: value code and ordinal, ordinals ascending. */
export function forEachCandidateCell(
  counting: FacetScope,
  column: Column,
  visit: (code: number, ordinal: number) => void,
): void {
  const candidates = candidatesFor(counting, column.name);
  const { ordinals, codes } = column;
  for (let cell = 0; cell < codes.length; cell++) {
    const ordinal = ordinals[cell] ?? 0;
    if (candidates.has(ordinal)) visit(codes[cell] ?? 0, ordinal);
  }
}
