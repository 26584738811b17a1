import type { LiveIndex } from '../../index/live.js';

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
