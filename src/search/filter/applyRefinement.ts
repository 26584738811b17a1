import type { LiveIndex } from '../../index/live.js';
import type { Bitset } from '../../structures/bitset.js';
import { applyFilter } from './applyFilter.js';
import { type Refinement, sayingRefine } from './readRefinement.js';

/** The products that each field's part of a refinement passes, and all parts together. */
export interface Refined {
  readonly byField: ReadonlyMap<string, Bitset>;
  /** Undefined where nothing is refined. */
  readonly within: Bitset | undefined;
}

/** @throws UserError for a field that the catalog does not have. */
export function applyRefinement(index: LiveIndex, refinement: Refinement): Refined {
  const byField = new Map<string, Bitset>();
  for (const [field, filter] of refinement) {
    byField.set(
      field,
      sayingRefine(() => applyFilter(index, filter)),
    );
  }
  const [first, ...others] = byField.values();
  const within = others.reduce((all, part) => all?.and(part), first?.clone());
  return { byField, within };
}

/** For each refined field the candidates that pass the parts on all other fields. */
export function withoutOwn(unrefined: Bitset, { byField }: Refined): Map<string, Bitset> {
  const sets = new Map<string, Bitset>();
  for (const field of byField.keys()) {
    const set = unrefined.clone();
    for (const [other, part] of byField) if (other !== field) set.and(part);
    sets.set(field, set);
  }
  return sets;
}
