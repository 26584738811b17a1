import type { Product } from '../../../domain/product.js';
import type { Store } from '../../../store/open.js';

/** At most `most` products, spread evenly over all ids: the same for the same store. */
export function sampleProducts({ products }: Pick<Store, 'products'>, max: number): Product[] {
  const step = Math.max(1, products.count() / max);
  const sampled: Product[] = [];
  let next = 0;
  let place = 0;
  for (const id of products.eachId()) {
    if (place++ < next) continue;
    next += step;
    const product = products.get(id);
    if (product !== undefined) sampled.push(product);
    if (sampled.length >= max) break;
  }
  return sampled;
}
