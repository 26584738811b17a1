import type { Progress } from '../domain/progress.js';
import { Graph } from '../index/vectors/graph.js';
import { dotAt } from '../index/vectors/unitVector.js';
import { TopScores } from '../structures/topK.js';

/** Neighbours asked for each vector. */
const NEAREST = 8;
/** Up to here every vector is compared with every other. */
const EXACT = 3000;
/** Less thorough than the search index: neighbours are only one of several ways to a candidate. */
const PARAMETERS = { m: 12, efConstruction: 60, seed: 100 };
const EF = 24;
/** Vectors that agree in so many bytes are of one text. */
const SAME = 64;

/** The nearest other vectors of each, nearest first, by place; none for a place without a vector. */
export function nearestOf(vectors: readonly (Float32Array | undefined)[], progress: Progress): number[][] {
  const distinct: Float32Array[] = [];
  const holders: number[][] = [];
  const numbers = new Map<string, number>();
  const numberOf = vectors.map((vector, place) => {
    if (vector === undefined) return undefined;
    const key = Buffer.from(vector.buffer, vector.byteOffset, Math.min(SAME, vector.byteLength)).toString(
      'latin1',
    );
    let number = numbers.get(key);
    if (number === undefined) {
      number = distinct.push(vector) - 1;
      numbers.set(key, number);
      holders.push([]);
    }
    holders[number]?.push(place);
    return number;
  });
  const near = distinct.length <= EXACT ? exactly(distinct) : byGraph(distinct, progress);
  return numberOf.map((number, place) => {
    if (number === undefined) return [];
    // Those of the same text are found by their title; one of each other text is enough here.
    const same = holders[number] ?? [];
    const twin = same[(same.indexOf(place) + 1) % same.length];
    const others = (near[number] ?? []).flatMap((other) => holders[other]?.slice(0, 2) ?? []);
    return [...(twin === undefined || twin === place ? [] : [twin]), ...others].slice(0, NEAREST);
  });
}

function exactly(vectors: readonly Float32Array[]): number[][] {
  const dimension = vectors[0]?.length ?? 0;
  const rows = new Float32Array(vectors.length * dimension);
  for (const [place, vector] of vectors.entries()) rows.set(vector, place * dimension);
  return vectors.map((vector, place) => {
    const top = new TopScores(NEAREST);
    for (let other = 0; other < vectors.length; other++) {
      if (other !== place) top.offer(other, dotAt(vector, rows, other * dimension));
    }
    return [...top.ids];
  });
}

function byGraph(vectors: readonly Float32Array[], progress: Progress): number[][] {
  const graph = Graph.create(vectors[0]?.length ?? 0, vectors.length, PARAMETERS);
  const total = 2 * vectors.length;
  for (const [place, vector] of vectors.entries()) {
    graph.add(place, vector);
    if (place % 1000 === 0) progress('neighbours', place, total);
  }
  const found = vectors.map((vector, place) => {
    if (place % 1000 === 0) progress('neighbours', vectors.length + place, total);
    return graph.search(vector, NEAREST + 1, EF).filter((other) => other !== place);
  });
  graph.free();
  progress('neighbours', total, total);
  return found;
}
