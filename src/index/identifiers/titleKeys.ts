import type { Product } from '../../domain/product.js';
import { findSizes } from '../../text/sizes.js';
import { isMaybeCodeField, reduce } from './identifierKeys.js';

/** A name of fewer words is treated as ordinary words. */
const MIN_WORDS = 3;

/**
 * Keys of a product's title and full name: 53-bit hashes of their folded letters and digits. Spaces, hyphens
 * and other signs do not count.
 */
export function titleKeys(product: Product): number[] {
  const keys = new Set<number>();
  if (product.title !== undefined) keys.add(titleKey(product.title));
  for (const name of Object.keys(product)) {
    const value = product[name];
    if (typeof value === 'string' && isMaybeCodeField(name) && value.trim().split(/\s+/).length >= MIN_WORDS)
      keys.add(titleKey(value));
  }
  keys.delete(titleKey(''));
  return [...keys];
}

/**
 * Two 32-bit multiplicative hashes, 53 bits in all: a catalog of a million titles has a collision with
 * probability 1 in 18,000.
 */
export function titleKey(text: string): number {
  const letters = reduce(withoutFractions(text));
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

/** Letters that stand for the decimal point of a fraction: the digits of 1/2 are not those of 12. */
const POINT = 'ǂ';

function withoutFractions(text: string): string {
  let rest = '';
  let at = 0;
  for (const { start, end, numbers, unitText, isFraction } of findSizes(text)) {
    if (!isFraction) continue;
    rest += `${text.slice(at, start)} ${numbers.join('x').replaceAll('.', POINT)} ${unitText}`;
    at = end;
  }
  return rest + text.slice(at);
}
