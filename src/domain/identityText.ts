import { fold } from '../text/fold.js';
import type { Product } from './product.js';

/**
 * The short text of a product that is embedded: its title, after the brand if the title lacks it; '' if it has
 * neither. Leaves out
 * descriptions (with 300 characters of them the vectors are no better and embedding takes 3-4 times as long) and
 * values that the
 * enricher fills: filling a blank must not change the vector, and a classifier's input must not contain its own
 * answer.
 */
export function identityText(product: Product): string {
  const title = product.title?.trim() ?? '';
  const brand = product.brand?.trim() ?? '';
  if (title === '') return brand === '' ? (product.description?.slice(0, 200).trim() ?? '') : brand;
  if (brand === '' || fold(title).includes(fold(brand))) return title;
  return `${brand} ${title}`;
}
