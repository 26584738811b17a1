import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';

/** The number of products of which the two versions read the merchant's category or values differently. */
export function affectedProducts(
  store: Pick<Store, 'products'>,
  old: TaxonomyView,
  next: TaxonomyView,
): number {
  let affected = 0;
  for (const product of store.products.each())
    if (reading(product, old) !== reading(product, next)) affected++;
  return affected;
}

function reading({ category, attributes }: Product, view: TaxonomyView): string {
  const found = category === undefined ? undefined : view.find(category);
  const values = Object.entries(attributes ?? {}).map(([key, cell]) => {
    const attribute = isBlank(cell) ? undefined : view.attribute(key);
    if (attribute?.type !== 'enum') return attribute?.id;
    return [attribute.id, ...[cell].flat().map((text) => view.canonical(attribute, String(text)))];
  });
  return JSON.stringify([found === undefined ? null : view.path(found.id), values]);
}
