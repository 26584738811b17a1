import { fold } from '../text/fold.js';
import type { Product } from './product.js';

/**
 * The short text that a product is embedded by: its title, led by the brand where the title lacks it.
 * Descriptions stay with the lexical index (title + 300 characters embedded no better and 3-4 times
 * slower), and so does whatever the enricher fills: a vector must not move because a blank was filled,
 * nor may a classifier's input contain its own answer.
 * Returns '' where there is nothing to embed.
 */
export function identityText(product: Product): string {
  const title = product.title?.trim() ?? '';
  const brand = product.brand?.trim() ?? '';
  if (title === '') return brand === '' ? (product.description?.slice(0, 200).trim() ?? '') : brand;
  if (brand === '' || fold(title).includes(fold(brand))) return title;
  return `${brand} ${title}`;
}
