import { attributeField } from '../../domain/field.js';
import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../view.js';

/** A cell of the merchant's data that the old version recognises and the new one does not. */
export interface LostCell {
  readonly field: string;
  /** Undefined if the attribute was removed. */
  readonly value: string | undefined;
}

/** The cells of a product that the new version no longer recognises. A migration never modifies cells. */
export function lostCells(product: Product, old: TaxonomyView, next: TaxonomyView): LostCell[] {
  const lost: LostCell[] = [];
  const { category, attributes } = product;
  if (category !== undefined && old.find(category) !== undefined && next.find(category) === undefined)
    lost.push({ field: 'category', value: category });
  for (const [key, value] of Object.entries(attributes ?? {})) {
    const previous = isBlank(value) ? undefined : old.attribute(key);
    if (previous === undefined) continue;
    const current = next.attribute(key);
    if (current === undefined) {
      lost.push({ field: attributeField(key), value: undefined });
      continue;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = String(item);
      const wasRead = previous.type !== 'enum' || old.canonical(previous, text) !== undefined;
      const isRead = current.type !== 'enum' || next.canonical(current, text) !== undefined;
      if (wasRead && !isRead) lost.push({ field: attributeField(key), value: text });
    }
  }
  return lost;
}
