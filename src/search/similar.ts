import { fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';
import type { LiveIndex } from '../index/live.js';

export interface SimilarHit {
  readonly id: string;
  /** Cosine of the two products. */
  readonly score: number;
  readonly product: Product;
}

/** Looked at beyond those asked for, because variants of the product itself are left out. */
const SPARE = 30;

/**
 * The products nearest in meaning, nearest first, without the product itself and its variants (same group or
 * same title). Undefined for an unknown id; empty for a product without a vector.
 */
export function similar(index: LiveIndex, id: string, limit: number): SimilarHit[] | undefined {
  const ordinal = index.ordinalOf(id);
  if (ordinal === undefined) return undefined;
  const vector = index.vectorOf(ordinal);
  if (vector === undefined) return [];
  const self = index.document(ordinal);
  const { ordinals, cosines } = index.nearest(vector, limit + SPARE, limit + SPARE + 34);
  const hits: SimilarHit[] = [];
  for (let place = 0; place < ordinals.length && hits.length < limit; place++) {
    const product = index.document(ordinals[place] ?? 0);
    if (product.id === id || sameThing(product, self)) continue;
    hits.push({ id: product.id, score: cosines[place] ?? 0, product });
  }
  return hits;
}

function sameThing(a: Product, b: Product): boolean {
  const group = fieldValue(a, 'group_id');
  return (
    (group !== undefined && group === fieldValue(b, 'group_id')) ||
    (a.title !== undefined && a.title === b.title)
  );
}
