import { attributeName } from '../domain/field.js';
import type { AttributeValue } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { BROADER, CATEGORY, valueKey } from './proposal.js';

/** A value that a reviewer rejected for a product; field and value as in a fact. */
export interface RejectedValue {
  readonly field: string;
  readonly value: AttributeValue;
}

/** Keys of values that are not proposed, by attribute id, `CATEGORY` or `BROADER`. */
export type RejectedKeys = ReadonlyMap<string, ReadonlySet<string>>;

export const NOTHING_REJECTED: RejectedKeys = new Map();
const NONE: ReadonlySet<string> = new Set();

/** Rejected values in the taxonomy's terms; fields and categories that it does not know are left out. */
export function readRejected(values: readonly RejectedValue[], view: TaxonomyView): RejectedKeys {
  if (values.length === 0) return NOTHING_REJECTED;
  const rejected = new Map<string, Set<string>>();
  const add = (field: string, key: string): void => {
    const keys = rejected.get(field) ?? new Set();
    rejected.set(field, keys.add(key));
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
  return rejected;
}

export function rejectedFor(rejected: RejectedKeys, field: string): ReadonlySet<string> {
  return rejected.get(field) ?? NONE;
}
