import { attributeField, fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import type { Finding } from './report.js';

/** Finds missing titles, missing categories (if the catalog has any), and missing attributes that the category requires. */
export function findMissing(products: readonly Product[], view: TaxonomyView): Finding[] {
  const categorised = products.some((product) => fieldValue(product, 'category') !== undefined);
  const found: Finding[] = [];
  for (const product of products) {
    const { id, category } = product;
    if ((product.title ?? '').trim() === '') {
      found.push({ kind: 'missing', id, field: 'title', message: 'has no title' });
    }
    if (category === undefined) {
      if (categorised) found.push({ kind: 'missing', id, field: 'category', message: 'has no category' });
      continue;
    }
    const known = view.find(category);
    for (const attribute of view.required(known?.id)) {
      const field = attributeField(view.keyOf(product, attribute));
      if (fieldValue(product, field) !== undefined) continue;
      const message = `lacks ${attribute.name}, which ${known?.name ?? category} require`;
      found.push({ kind: 'missing', id, field, message });
    }
  }
  return found;
}
