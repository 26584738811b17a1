import { BLANK, type LiveIndex } from '../../index/liveIndex.js';

/** What shops call how often a product is bought or spoken of; the first that the catalog has counts. */
const FIELDS = [
  'popularity',
  'sales',
  'ratingCount',
  'rating_count',
  'reviewCount',
  'review_count',
  'reviews',
];
/** A product of which it is not said, perhaps because it is new, is taken to stand in the middle. */
const UNKNOWN = 0.5;

/**
 * How popular each product is, from 0 to 1: the logarithm of its number beside that of the largest, because such
 * numbers differ by powers of ten. Undefined where the catalog says nothing of it.
 */
export function popularityOf(index: LiveIndex): ((ordinal: number) => number) | undefined {
  for (const field of FIELDS) {
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
      return Number.isNaN(number) ? UNKNOWN : scale * Math.log1p(Math.max(0, number));
    };
  }
  return undefined;
}
