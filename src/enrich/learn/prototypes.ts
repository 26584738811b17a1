import { toGrid } from '../../index/vectors/gridRows.js';
import type { CategoryKnowledge, CategoryWords } from '../propose/knowledge.js';
import { ZeroShot } from '../propose/zeroshot.js';
import type { Prepared } from './prepare.js';

/**
 * What the labelled products of each category have in common: the mean of their vectors, its words counted as one
 * product more. Of categories with a label in `rows` only.
 */
export function prototypesOf(
  prepared: Prepared,
  rows: Int32Array,
  { candidates, zeroShot }: CategoryWords,
): Pick<CategoryKnowledge, 'labelled' | 'prototypes'> {
  const { values, labels } = prepared.categories;
  const counts = new Int32Array(values.length);
  for (const row of rows) {
    const label = labels[row] ?? -1;
    if (label >= 0) counts[label] = (counts[label] ?? 0) + 1;
  }
  const labelled = values
    .map((id, label) => [id, counts[label] ?? 0] as const)
    .filter(([, count]) => count > 0);
  const { dimension } = prepared.rows;
  if (candidates.length === 0 || dimension === 0) return { labelled, prototypes: undefined };
  const sums = new Float32Array(values.length * dimension);
  for (const row of rows) {
    const label = labels[row] ?? -1;
    const vector = prepared.vectors[row];
    if (label < 0 || vector?.length !== dimension) continue;
    add(sums, label * dimension, vector, 1);
  }
  if (zeroShot?.dimension === dimension) {
    const placeOf = new Map(candidates.map((id, place) => [id, place]));
    for (const [label, id] of values.entries()) {
      const at = (placeOf.get(id) ?? -1) * dimension;
      if (at < 0) continue;
      const words = zeroShot.grid.subarray(at, at + dimension);
      add(sums, label * dimension, words, 1 / Math.max(1, Math.hypot(...words)));
    }
  }
  const grid = new Int8Array(labelled.length * dimension);
  let place = 0;
  for (let label = 0; label < values.length; label++) {
    if ((counts[label] ?? 0) === 0) continue;
    toGrid(sums.subarray(label * dimension, (label + 1) * dimension), grid, place * dimension);
    place++;
  }
  return { labelled, prototypes: new ZeroShot(grid, dimension) };
}

function add(sums: Float32Array, at: number, vector: ArrayLike<number>, scale: number): void {
  for (let k = 0; k < vector.length; k++) sums[at + k] = (sums[at + k] ?? 0) + scale * (vector[k] ?? 0);
}
