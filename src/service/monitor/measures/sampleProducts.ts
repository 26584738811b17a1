import type { Product } from '../../../domain/product.js';
import { seededRandom } from '../../../domain/seededRandom.js';
import type { Store } from '../../../store/open.js';

/** Changes tried for each product wanted: some are about live fields, or about the same product. */
const TRIES = 5;

/** At most `max` products, spread evenly over all ids; the same ones for the same store. */
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

/**
 * Ids of at most `max` products, spread evenly over those whose text was written after change number `sequence` and
 * that still exist; the same ones for the same store. Reads a bounded number of changes.
 */
export function sampleWritten(
  { changes, products }: Pick<Store, 'changes' | 'products'>,
  sequence: number,
  max: number,
): string[] {
  const written = changes.last() - sequence;
  const random = seededRandom(sequence);
  const all = written <= max * TRIES;
  const found = new Set<string>();
  for (let tried = 0; tried < Math.min(written, max * TRIES); tried++) {
    const at = sequence + 1 + (all ? tried : Math.floor(random() * written));
    const id = changes.contentAt(at);
    if (id !== undefined && products.has(id)) found.add(id);
    if (!all && found.size >= max) break;
  }
  const ids = [...found];
  if (ids.length <= max) return ids;
  const step = ids.length / max;
  return Array.from({ length: max }, (_, place) => ids[Math.floor(place * step)] ?? '');
}
