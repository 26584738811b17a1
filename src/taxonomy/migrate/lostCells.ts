import { attributeField } from '../../domain/field.js';
import { isBlank, type Product } from '../../domain/product.js';
import type { TaxonomyView } from '../view.js';

/** A cell of the merchant's that the old version read and the new one does not. */
export interface LostCell {
  readonly field: string;
  /** Undefined where the attribute as a whole is gone. */
  readonly value: string | undefined;
}

/** The merchant's cells of one product that lose their meaning; none of them is ever rewritten. */
export function lostCells(product: Product, old: TaxonomyView, next: TaxonomyView): LostCell[] {
  const lost: LostCell[] = [];
  const { category, attributes } = product;
  if (category !== undefined && old.find(category) !== undefined && next.find(category) === undefined)
    lost.push({ field: 'category', value: category });
  for (const [key, value] of Object.entries(attributes ?? {})) {
    const was = isBlank(value) ? undefined : old.attribute(key);
    if (was === undefined) continue;
    const is = next.attribute(key);
    if (is === undefined) {
      lost.push({ field: attributeField(key), value: undefined });
      continue;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = String(item);
      const wasRead = was.type !== 'enum' || old.canonical(was, text) !== undefined;
      const isRead = is.type !== 'enum' || next.canonical(is, text) !== undefined;
      if (wasRead && !isRead) lost.push({ field: attributeField(key), value: text });
    }
  }
  return lost;
}
