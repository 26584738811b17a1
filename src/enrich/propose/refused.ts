import { attributeName } from '../../domain/field.js';
import type { AttributeValue } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { BROADER, CATEGORY, valueKey } from './proposal.js';

/** A value that a person rejected for a product, in the words of a fact. */
export interface RefusedValue {
  readonly field: string;
  readonly value: AttributeValue;
}

/** By attribute id, or `CATEGORY` and `BROADER`, the keys of values that are not to be proposed. */
export type Refused = ReadonlyMap<string, ReadonlySet<string>>;

export const NOTHING_REFUSED: Refused = new Map();
const NONE: ReadonlySet<string> = new Set();

/** What was rejected, in the taxonomy's terms; what it no longer knows is left out. */
export function readRefused(values: readonly RefusedValue[], view: TaxonomyView): Refused {
  if (values.length === 0) return NOTHING_REFUSED;
  const refused = new Map<string, Set<string>>();
  const add = (field: string, key: string): void => {
    const keys = refused.get(field) ?? new Set();
    refused.set(field, keys.add(key));
  };
  for (const { field, value } of values) {
    if (field === 'category') {
      const id = view.find(String(value))?.id;
      if (id === undefined) continue;
      add(CATEGORY, id);
      add(BROADER, id);
    } else {
      const id = view.attribute(attributeName(field) ?? field)?.id;
      if (id !== undefined) add(id, valueKey(value));
    }
  }
  return refused;
}

export function refusedFor(refused: Refused, field: string): ReadonlySet<string> {
  return refused.get(field) ?? NONE;
}
