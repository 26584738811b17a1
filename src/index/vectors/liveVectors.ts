import { grown } from '../grow.js';
import type { Nearest } from '../live.js';
import type { Graph } from './graph.js';
import type { GraphLabels } from './graphLabels.js';
import { dotAt, normalized } from './unitVector.js';

const makeFloats = (length: number) => new Float32Array(length);
const makeInts = (length: number) => new Int32Array(length);

/** What the products of an index look like to the vectors: who lives, and in which order equals stand. */
export interface Products {
  alive(ordinal: number): boolean;
  idOf(ordinal: number): string;
}

/**
 * The vectors of a generation with those of appended products: the graph finds the former, a scan the latter.
 * Products of one text share a row, so `labels` turns rows into ordinals.
 */
export class LiveVectors {
  readonly dimension: number;
  readonly #products: Products;
  readonly #graph: Graph;
  readonly #baseRows: Float32Array;
  readonly #labels: GraphLabels;
  #rowOf: Int32Array;
  /** Rows of appended products, and the ordinals that they belong to. */
  #appendedRows = new Float32Array(0);
  readonly #appended: number[] = [];

  constructor(products: Products, graph: Graph, rows: Float32Array, labels: GraphLabels) {
    this.dimension = graph.dimension;
    this.#products = products;
    this.#graph = graph;
    this.#baseRows = rows;
    this.#labels = labels;
    this.#rowOf = labels.vectorOf;
  }

  /** Takes in the vector of a product; without one it has none. */
  append(ordinal: number, vector: Float32Array | undefined): void {
    this.#rowOf = grown(this.#rowOf, ordinal + 1, makeInts);
    const unit = vector === undefined ? undefined : normalized(vector);
    if (unit === undefined) {
      this.#rowOf[ordinal] = -1;
      return;
    }
    const at = this.#appended.length * this.dimension;
    this.#appendedRows = grown(this.#appendedRows, at + this.dimension, makeFloats);
    this.#appendedRows.set(unit, at);
    this.#rowOf[ordinal] = this.#labels.keys.length + this.#appended.length;
    this.#appended.push(ordinal);
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    const place = this.#place(ordinal);
    return place === undefined ? undefined : place.rows.slice(place.at, place.at + this.dimension);
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const found = new Float32Array(ordinals.length).fill(Number.NaN);
    const query = normalized(vector);
    if (query === undefined) return found;
    const { dimension } = this;
    const rows = this.#labels.keys.length;
    for (let i = 0; i < ordinals.length; i++) {
      const row = this.#rowOf[ordinals[i] ?? 0] ?? -1;
      if (row >= rows) found[i] = dotAt(query, this.#appendedRows, (row - rows) * dimension);
      else if (row >= 0) found[i] = dotAt(query, this.#baseRows, row * dimension);
    }
    return found;
  }

  /** See LiveIndex.nearest. */
  nearest(vector: Float32Array, k: number, ef: number): Nearest {
    const query = normalized(vector);
    if (query === undefined || k < 1) return { ordinals: new Uint32Array(0), cosines: new Float32Array(0) };
    const found = this.#fromGraph(query, k, ef);
    const { dimension } = this;
    for (const [i, ordinal] of this.#appended.entries()) {
      if (this.#products.alive(ordinal))
        found.push({ ordinal, cosine: Math.fround(dotAt(query, this.#appendedRows, i * dimension)) });
    }
    found.sort((a, b) => b.cosine - a.cosine || this.#compareIds(a.ordinal, b.ordinal));
    const best = found.slice(0, k);
    return {
      ordinals: Uint32Array.from(best, ({ ordinal }) => ordinal),
      cosines: Float32Array.from(best, ({ cosine }) => cosine),
    };
  }

  free(): void {
    this.#graph.free();
  }

  /** At least `k` living products where there are as many; asks for more points while the dead take places. */
  #fromGraph(query: Float32Array, k: number, ef: number): { ordinal: number; cosine: number }[] {
    const { offsets, ordinals } = this.#labels;
    for (let points = k; ; points *= 2) {
      const labels = this.#graph.search(query, points, ef);
      const found: { ordinal: number; cosine: number }[] = [];
      for (const label of labels) {
        const cosine = Math.fround(dotAt(query, this.#baseRows, label * this.dimension));
        const end = offsets[label + 1] ?? 0;
        for (let i = offsets[label] ?? 0; i < end; i++) {
          const ordinal = ordinals[i] ?? 0;
          if (this.#products.alive(ordinal)) found.push({ ordinal, cosine });
        }
      }
      if (found.length >= k || points >= this.#graph.points) return found;
    }
  }

  #place(ordinal: number): { rows: Float32Array; at: number } | undefined {
    const row = this.#rowOf[ordinal] ?? -1;
    if (row < 0) return undefined;
    const baseRows = this.#labels.keys.length;
    if (row < baseRows) return { rows: this.#baseRows, at: row * this.dimension };
    return { rows: this.#appendedRows, at: (row - baseRows) * this.dimension };
  }

  #compareIds(a: number, b: number): number {
    return this.#products.idOf(a) < this.#products.idOf(b) ? -1 : 1;
  }
}
