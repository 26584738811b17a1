import type { Progress } from '../../domain/progress.js';
import { HnswGraph } from '../../index/vectors/hnswGraph.js';
import { dotAt } from '../../index/vectors/unitVector.js';
import { TopScores } from '../../structures/topK.js';

/** Neighbours per vector. */
const NEAREST = 8;
/** Up to this many vectors the search is exact. */
const MAX_EXACT = 3000;
/** A lower recall than in the search index is enough, because blocking has other sources of candidates. */
const PARAMETERS = { m: 12, efConstruction: 60, seed: 100 };
const EF = 24;
/** Vectors that agree in this many bytes have the same text. */
const KEY_BYTES = 64;

/** For each vector the indexes of the nearest others, nearest first; empty for an undefined one. Approximate (HNSW) for many. */
export function nearestVectors(
  vectors: readonly (Float32Array | undefined)[],
  progress: Progress,
): number[][] {
  const distinct: Float32Array[] = [];
  const holders: number[][] = [];
  const numbers = new Map<string, number>();
  const numberOf = vectors.map((vector, index) => {
    if (vector === undefined) return undefined;
    const key = Buffer.from(
      vector.buffer,
      vector.byteOffset,
      Math.min(KEY_BYTES, vector.byteLength),
    ).toString('latin1');
    let number = numbers.get(key);
    if (number === undefined) {
      number = distinct.push(vector) - 1;
      numbers.set(key, number);
      holders.push([]);
    }
    holders[number]?.push(index);
    return number;
  });
  const near = distinct.length <= MAX_EXACT ? searchExactly(distinct) : searchGraph(distinct, progress);
  return numberOf.map((number, index) => {
    if (number === undefined) return [];
    // All rows of the same text are paired by their title, so one of them and two of each other text are enough here.
    const same = holders[number] ?? [];
    const twin = same[(same.indexOf(index) + 1) % same.length];
    const others = (near[number] ?? []).flatMap((other) => holders[other]?.slice(0, 2) ?? []);
    return [...(twin === undefined || twin === index ? [] : [twin]), ...others].slice(0, NEAREST);
  });
}

function searchExactly(vectors: readonly Float32Array[]): number[][] {
  const dimension = vectors[0]?.length ?? 0;
  const rows = new Float32Array(vectors.length * dimension);
  for (const [index, vector] of vectors.entries()) rows.set(vector, index * dimension);
  return vectors.map((vector, index) => {
    const top = new TopScores(NEAREST);
    for (let other = 0; other < vectors.length; other++) {
      if (other !== index) top.offer(other, dotAt(vector, rows, other * dimension));
    }
    return [...top.ids];
  });
}

function searchGraph(vectors: readonly Float32Array[], progress: Progress): number[][] {
  const graph = HnswGraph.create(vectors[0]?.length ?? 0, vectors.length, PARAMETERS);
  const total = 2 * vectors.length;
  for (const [index, vector] of vectors.entries()) {
    graph.add(index, vector);
    if (index % 1000 === 0) progress('neighbours', index, total);
  }
  const found = vectors.map((vector, index) => {
    if (index % 1000 === 0) progress('neighbours', vectors.length + index, total);
    return graph.search(vector, NEAREST + 1, EF).filter((other) => other !== index);
  });
  graph.free();
  progress('neighbours', total, total);
  return found;
}
