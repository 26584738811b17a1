import { BLANK, type LiveIndex } from '../../index/liveIndex.js';

/** Field names for sales or reviews; the first one that the catalog has counts. */
export const POPULARITY_FIELDS = [
  'popularity',
  'sales',
  'ratingCount',
  'rating_count',
  'reviewCount',
  'review_count',
  'reviews',
];
/** Popularity of a product without a number, perhaps a new one. */
export const UNKNOWN_POPULARITY = 0.5;

/**
 * Popularity of each product from 0 to 1: the logarithm of its number relative to that of the largest,
 * because such numbers differ by powers of ten. Undefined if the catalog has no such field.
 */
export function popularityOf(index: LiveIndex): ((ordinal: number) => number) | undefined {
  for (const field of POPULARITY_FIELDS) {
    const column = index.columns.field(field) ?? index.columns.field(`attributes.${field}`);
    if (column === undefined) continue;
    const { numbers } = column;
    let max = 0;
    for (const number of numbers) if (number > max) max = number;
    if (max === 0) continue;
    const codes = column.firstCodes(index.size);
    const scale = 1 / Math.log1p(max);
    return (ordinal) => {
      const code = codes[ordinal] ?? BLANK;
      const number = code === BLANK ? Number.NaN : (numbers[code] ?? Number.NaN);
      return Number.isNaN(number) ? UNKNOWN_POPULARITY : scale * Math.log1p(Math.max(0, number));
    };
  }
  return undefined;
}
