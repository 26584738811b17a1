import { closeSync, openSync, readSync } from 'node:fs';
import hnswlib, { type HierarchicalNSW } from 'hnswlib-node';
import { damaged } from '../files/checksummedFile.js';

export interface HnswParameters {
  /** Links per point on each level (twice as many on the lowest). */
  readonly m: number;
  readonly efConstruction: number;
  readonly seed: number;
}

export const HNSW_PARAMETERS: HnswParameters = { m: 16, efConstruction: 200, seed: 100 };

/**
 * An HNSW graph (Malkov and Yashunin, 2016) over unit vectors by inner product. Guards against what hnswlib
 * does not check: it opens a file with any dimension, accepts plain arrays only, and throws above its
 * capacity.
 */
export class HnswGraph {
  readonly #index: HierarchicalNSW;
  readonly dimension: number;

  private constructor(index: HierarchicalNSW, dimension: number) {
    this.#index = index;
    this.dimension = dimension;
  }

  /** An empty graph. It grows past `capacity` by copying itself. */
  static create(dimension: number, capacity: number, parameters: HnswParameters): HnswGraph {
    const index = new hnswlib.HierarchicalNSW('ip', dimension);
    index.initIndex(Math.max(1, capacity), parameters.m, parameters.efConstruction, parameters.seed);
    return new HnswGraph(index, dimension);
  }

  /** Reads a graph off the calling thread. UserError if the file holds vectors of another dimension. */
  static async load(path: string, dimension: number): Promise<HnswGraph> {
    const found = dimensionIn(path);
    if (found !== dimension)
      throw damaged(path, `holds vectors of ${found} numbers where the manifest says ${dimension}`);
    const index = new hnswlib.HierarchicalNSW('ip', dimension);
    await index.readIndex(path);
    return new HnswGraph(index, dimension);
  }

  /** Points added, deleted ones included. */
  get points(): number {
    return this.#index.getCurrentCount();
  }

  /** Adds a unit vector under a new label. */
  add(label: number, vector: Float32Array): void {
    if (vector.length !== this.dimension) {
      throw new RangeError(
        `a vector of ${vector.length} numbers was added to a graph of dimension ${this.dimension}`,
      );
    }
    const { points } = this;
    if (points >= this.#index.getMaxElements()) this.#index.resizeIndex(Math.ceil(points * 1.5) + 16);
    this.#index.addPoint(Array.from(vector), label);
  }

  /** Makes room for this many points in all. */
  reserve(points: number): void {
    if (points > this.#index.getMaxElements()) this.#index.resizeIndex(points);
  }

  /** Excludes a point from results; it still links to others. */
  delete(label: number): void {
    this.#index.markDelete(label);
  }

  /**
   * Labels of approximately the `k` nearest points, nearest first, with search breadth `ef` (at least `k`).
   */
  search(vector: Float32Array, k: number, ef: number): number[] {
    const count = Math.min(k, this.points);
    if (count < 1) return [];
    this.#index.setEf(Math.max(ef, count));
    return this.#index.searchKnn(Array.from(vector), count).neighbors;
  }

  write(path: string): void {
    this.#index.writeIndexSync(path);
  }

  /** Frees the native memory now: the garbage collector does not count it. */
  free(): void {
    this.#index.initIndex(1);
  }
}

/**
 * The header of hnswlib's format: eight-byte words. The fifth is the offset of a point's label in its record,
 * the sixth the offset of its vector; the difference is the size of the float32 vector.
 */
function dimensionIn(path: string): number {
  const header = Buffer.alloc(48);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, header, 0, header.length, 0);
  } finally {
    closeSync(fd);
  }
  return Number(header.readBigUInt64LE(32) - header.readBigUInt64LE(40)) / 4;
}
