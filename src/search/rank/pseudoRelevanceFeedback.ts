import { BLANK, type LiveIndex } from '../../index/liveIndex.js';

/**
 * Pseudo-relevance feedback (Rocchio, "Relevance feedback in information retrieval", 1971): cosine of each of
 * `ordinals` to the centroid of the `best` products' vectors. NaN for a product without a vector; undefined
 * if none of the best has one.
 */
export function feedbackSimilarity(
  index: LiveIndex,
  best: readonly number[],
  ordinals: Uint32Array,
): Float32Array | undefined {
  const vectors = best.map((ordinal) => index.vectorOf(ordinal)).filter((vector) => vector !== undefined);
  const [first] = vectors;
  if (first === undefined) return undefined;
  const centroid = new Float32Array(first.length);
  for (const vector of vectors) {
    for (let i = 0; i < centroid.length; i++) centroid[i] = (centroid[i] ?? 0) + (vector[i] ?? 0);
  }
  const length = Math.hypot(...centroid);
  if (length === 0) return undefined;
  return index.cosines(
    centroid.map((value) => value / length),
    ordinals,
  );
}

/**
 * Pseudo-relevance feedback by category, from 0 to 1: the number of `best` products in the same category,
 * relative to their most frequent category. A product without a category gets the mean of the best, so that
 * missing data neither helps nor hurts. Undefined if none of the best has a category.
 */
export function categoryAgreement(
  index: LiveIndex,
  best: readonly number[],
): ((ordinal: number) => number) | undefined {
  const column = index.columns.field('category');
  if (column === undefined) return undefined;
  const codes = column.firstCodes(index.size);
  const countByCategory = new Map<number, number>();
  let withCategory = 0;
  for (const ordinal of best) {
    const code = codes[ordinal] ?? BLANK;
    if (code === BLANK) continue;
    countByCategory.set(code, (countByCategory.get(code) ?? 0) + 1);
    withCategory++;
  }
  if (withCategory === 0) return undefined;
  const max = Math.max(...countByCategory.values());
  let meanAgreement = 0;
  for (const count of countByCategory.values()) meanAgreement += (count / withCategory) * (count / max);
  return (ordinal) => {
    const code = codes[ordinal] ?? BLANK;
    return code === BLANK ? meanAgreement : (countByCategory.get(code) ?? 0) / max;
  };
}
