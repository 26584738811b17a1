import { BLANK, type LiveIndex } from '../../index/liveIndex.js';

/**
 * How near each of `ordinals` is to what `best` have in common: the cosine to the mean of their vectors. NaN for
 * a product without a vector; undefined where none of the best has one.
 */
export function feedbackSimilarity(
  index: LiveIndex,
  best: readonly number[],
  ordinals: Uint32Array,
): Float32Array | undefined {
  const vectors = best.map((ordinal) => index.vectorOf(ordinal)).filter((vector) => vector !== undefined);
  const [first] = vectors;
  if (first === undefined) return undefined;
  const mean = new Float32Array(first.length);
  for (const vector of vectors) {
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0);
  }
  const length = Math.hypot(...mean);
  if (length === 0) return undefined;
  return index.cosines(
    mean.map((value) => value / length),
    ordinals,
  );
}

/**
 * How far each product's category is that of the best, from 0 to 1: the number of `best` in it beside the number
 * in the category that most of them have. A product without a category counts as the best do on average, so that
 * a gap in the catalog neither helps nor hurts. Undefined where none of the best has a category.
 */
export function categoryAgreement(
  index: LiveIndex,
  best: readonly number[],
): ((ordinal: number) => number) | undefined {
  const column = index.columns.field('category');
  if (column === undefined) return undefined;
  const codes = column.firstCodes(index.size);
  const votes = new Map<number, number>();
  let voters = 0;
  for (const ordinal of best) {
    const code = codes[ordinal] ?? BLANK;
    if (code === BLANK) continue;
    votes.set(code, (votes.get(code) ?? 0) + 1);
    voters++;
  }
  if (voters === 0) return undefined;
  const max = Math.max(...votes.values());
  let average = 0;
  for (const count of votes.values()) average += (count / voters) * (count / max);
  return (ordinal) => {
    const code = codes[ordinal] ?? BLANK;
    return code === BLANK ? average : (votes.get(code) ?? 0) / max;
  };
}
