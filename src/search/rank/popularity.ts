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
/** The popularity of each product of an index from 0 to 1, by ordinal; undefined where nothing is known. */
export type PopularitySource = (index: LiveIndex) => ((ordinal: number) => number) | undefined;

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

/**
 * Popularity by what shoppers did: the logarithm of each product's decayed count (see DecayedCounts) relative to that of the
 * largest; 0 for a product that nobody touched. Read once per product and index.
 */
export function popularityByCounts(counts: ReadonlyMap<string, number>): PopularitySource {
  let max = 0;
  for (const count of counts.values()) if (count > max) max = count;
  if (max === 0) return () => undefined;
  const scale = 1 / Math.log1p(max);
  const known = new WeakMap<LiveIndex, Float32Array>();
  return (index) => {
    let values = known.get(index);
    if (values === undefined || values.length < index.size) {
      const before = values;
      values = new Float32Array(index.size + Math.ceil(index.size / 8)).fill(Number.NaN);
      if (before !== undefined) values.set(before);
      known.set(index, values);
    }
    const read = values;
    return (ordinal) => {
      const value = read[ordinal] ?? 0;
      if (!Number.isNaN(value)) return value;
      const found = scale * Math.log1p(counts.get(index.idOf(ordinal)) ?? 0);
      read[ordinal] = found;
      return found;
    };
  };
}
