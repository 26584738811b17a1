import { quantize } from '../../index/vectors/quantizedRows.js';
import { CategoryVectors } from '../propose/categoryVectors.js';
import type { CategoryKnowledge, ZeroShotKnowledge } from '../propose/knowledge.js';
import type { TrainingData } from './prepareTrainingData.js';

/**
 * The centroid of each category that has a label in `rows`: the mean vector of its labelled products, with the
 * category's zero-shot vector counted as one more product (pseudo-count 1).
 */
export function categoryCentroids(
  data: TrainingData,
  rows: Int32Array,
  { candidates, zeroShot }: ZeroShotKnowledge,
): Pick<CategoryKnowledge, 'labelled' | 'centroids'> {
  const { values, labels } = data.categories;
  const counts = new Int32Array(values.length);
  for (const row of rows) {
    const label = labels[row] ?? -1;
    if (label >= 0) counts[label] = (counts[label] ?? 0) + 1;
  }
  const labelled = values
    .map((id, label) => [id, counts[label] ?? 0] as const)
    .filter(([, count]) => count > 0);
  const { dimension } = data.rows;
  if (candidates.length === 0 || dimension === 0) return { labelled, centroids: undefined };
  const sums = new Float32Array(values.length * dimension);
  for (const row of rows) {
    const label = labels[row] ?? -1;
    const vector = data.vectors[row];
    if (label < 0 || vector?.length !== dimension) continue;
    add(sums, label * dimension, vector, 1);
  }
  if (zeroShot?.dimension === dimension) {
    const indexOf = new Map(candidates.map((id, index) => [id, index]));
    for (const [label, id] of values.entries()) {
      const at = (indexOf.get(id) ?? -1) * dimension;
      if (at < 0) continue;
      const vector = zeroShot.grid.subarray(at, at + dimension);
      add(sums, label * dimension, vector, 1 / Math.max(1, Math.hypot(...vector)));
    }
  }
  const grid = new Int8Array(labelled.length * dimension);
  let index = 0;
  for (let label = 0; label < values.length; label++) {
    if ((counts[label] ?? 0) === 0) continue;
    quantize(sums.subarray(label * dimension, (label + 1) * dimension), grid, index * dimension);
    index++;
  }
  return { labelled, centroids: new CategoryVectors(grid, dimension) };
}

function add(sums: Float32Array, at: number, vector: ArrayLike<number>, scale: number): void {
  for (let k = 0; k < vector.length; k++) sums[at + k] = (sums[at + k] ?? 0) + scale * (vector[k] ?? 0);
}
