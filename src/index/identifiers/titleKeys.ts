import type { Product } from '../../domain/product.js';
import { isMaybeCodeField, reduce } from './identifierKeys.js';

/** A shorter name than this is a word like any other. */
const FEWEST_WORDS = 3;

/**
 * Numbers that a product's title and full name go by: hashes (53 bits) of their letters and digits, folded. Spaces, hyphens and
 * other signs do not count.
 */
export function titleKeys(product: Product): number[] {
  const keys = new Set<number>();
  if (product.title !== undefined) keys.add(titleKey(product.title));
  for (const name of Object.keys(product)) {
    const value = product[name];
    if (
      typeof value === 'string' &&
      isMaybeCodeField(name) &&
      value.trim().split(/\s+/).length >= FEWEST_WORDS
    )
      keys.add(titleKey(value));
  }
  keys.delete(titleKey(''));
  return [...keys];
}

/** Two 32-bit multiplicative hashes, 53 bits of them: among a million titles two fall together once in 18,000 catalogs. */
export function titleKey(text: string): number {
  const letters = reduce(text);
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let i = 0; i < letters.length; i++) {
    const code = letters.charCodeAt(i);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (two & 0x1fffff) + (one >>> 0);
}
