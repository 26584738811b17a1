import type { Bitset } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Nearest, NearestBounds } from '../liveIndex.js';
import type { HnswGraph } from './hnswGraph.js';
import type { HnswLabels } from './hnswLabels.js';
import { QuantizedScan } from './quantizedScan.js';
import { dotAt, normalized } from './unitVector.js';

const makeFloats = (length: number) => new Float32Array(length);
const makeInts = (length: number) => new Int32Array(length);

/**
 * What the ways of finding the nearest cost, in nanoseconds: comparing a row that is looked up, comparing one in
 * passing on the grid, and one step of the graph's beam. Seen on 384 dimensions and 31,136 rows (bench `filtered`);
 * only their ratios matter.
 */
const COST = { lookUp: 400, scan: 35, beam: 4500 };
/** Beyond so many rows the grid (a byte a number) is not made, and the graph stands for the whole. */
const SCANNED_ROWS = 300_000;
/** The beam is so much wider than what is asked for: .98 of the exact nearest and more are found. */
const BEAM = 2;
/** Fewer points are never asked for: near the query the graph's paths are few, and equal titles make walls. */
const NARROWEST = 96;

interface Found {
  readonly ordinal: number;
  readonly cosine: number;
}

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
  readonly #graph: HnswGraph;
  readonly #baseRows: Float32Array;
  readonly #labels: HnswLabels;
  #rowOf: Int32Array;
  /** Rows of appended products, and the ordinals that they belong to. */
  #appendedRows = new Float32Array(0);
  readonly #appended: number[] = [];
  readonly #scannedRows: number;
  #scan: QuantizedScan | undefined;

  constructor(
    products: Products,
    graph: HnswGraph,
    rows: Float32Array,
    labels: HnswLabels,
    scannedRows = SCANNED_ROWS,
  ) {
    this.dimension = graph.dimension;
    this.#products = products;
    this.#graph = graph;
    this.#baseRows = rows;
    this.#labels = labels;
    this.#rowOf = labels.vectorOf;
    this.#scannedRows = scannedRows;
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

  /** See LiveIndex.roughCosines. */
  roughCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const query = normalized(vector);
    if (query === undefined || this.#labels.keys.length > this.#scannedRows)
      return this.cosines(vector, ordinals);
    const roughly = this.#gridScan().roughly(query);
    const rows = this.#labels.keys.length;
    const found = new Float32Array(ordinals.length).fill(Number.NaN);
    for (let i = 0; i < ordinals.length; i++) {
      const row = this.#rowOf[ordinals[i] ?? 0] ?? -1;
      if (row >= rows) found[i] = dotAt(query, this.#appendedRows, (row - rows) * this.dimension);
      else if (row >= 0) found[i] = roughly(row);
    }
    return found;
  }

  /** See LiveIndex.nearest. */
  nearest(vector: Float32Array, k: number, ef: number): Nearest {
    const query = normalized(vector);
    if (query === undefined || k < 1) return listed([]);
    const found = this.#fromGraph(query, k, ef);
    this.#addAppended(found, query, -2);
    return listed(this.#sorted(found).slice(0, k));
  }

  /** See LiveIndex.nearestAmong. */
  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    const query = normalized(vector);
    if (query === undefined || k < 1) return listed([]);
    const passes = (ordinal: number): boolean => pass.has(ordinal) && this.#products.alive(ordinal);
    const found: Found[] = [];
    const way = this.#wayAmong(k, pass);
    if (way === 'look up') {
      const rows = this.#labels.keys.length;
      pass.forEach((ordinal) => {
        const row = this.#rowOf[ordinal] ?? -1;
        if (row < 0 || row >= rows || !this.#products.alive(ordinal)) return;
        found.push({ ordinal, cosine: Math.fround(dotAt(query, this.#baseRows, row * this.dimension)) });
      });
    } else if (way === 'scan') {
      const near = this.#gridScan().nearest(query, k, (row) => this.#count(row, passes));
      for (const { row, cosine } of near) this.#addRow(found, row, cosine, passes);
    } else {
      found.push(...this.#fromGraph(query, k, BEAM * way, way, passes));
    }
    this.#addAppended(found, query, -2, passes);
    return listed(this.#sorted(found).slice(0, k));
  }

  /** See LiveIndex.around. */
  around(vector: Float32Array, bounds: NearestBounds): Nearest {
    const query = normalized(vector);
    if (query === undefined) return listed([]);
    const { min: least, share, max: most } = bounds;
    const found: Found[] = [];
    this.#addAppended(found, query, least);
    if (this.#labels.keys.length > this.#scannedRows)
      found.push(...this.#fromGraph(query, most, BEAM * most));
    else {
      const near = this.#gridScan().around(query, bounds, bestOf(found), (row) =>
        this.#count(row, this.#alive),
      );
      for (const { row, cosine } of near) this.#addRow(found, row, cosine, this.#alive);
    }
    const bound = Math.max(least, share * bestOf(found));
    const near = found.filter(({ cosine }) => cosine >= bound);
    if (near.length <= most) return listed(near);
    const last = Float32Array.from(near, ({ cosine }) => cosine).sort()[near.length - most] ?? bound;
    return listed(near.filter(({ cosine }) => cosine >= last));
  }

  free(): void {
    this.#graph.free();
  }

  readonly #alive = (ordinal: number): boolean => this.#products.alive(ordinal);

  /** How to find the nearest of a set, by what each way is likely to cost; of the graph, how many points to ask for. */
  #wayAmong(k: number, pass: Bitset): 'look up' | 'scan' | number {
    const passing = pass.count();
    const rows = this.#labels.keys.length;
    // Were those that pass spread evenly, k of them would be among so many points.
    const points = Math.max(NARROWEST, Math.ceil((k * rows) / Math.max(1, passing)));
    const lookUp = passing * COST.lookUp;
    const scan = rows > this.#scannedRows ? Number.POSITIVE_INFINITY : rows * COST.scan;
    const graph = BEAM * points * COST.beam;
    if (lookUp <= Math.min(scan, graph)) return 'look up';
    return scan <= graph ? 'scan' : points;
  }

  /**
   * At least `k` of the products that count where there are as many, from the `points` nearest by a beam of `ef`;
   * both grow while others take places.
   */
  #fromGraph(query: Float32Array, k: number, ef: number, points = k, counts = this.#alive): Found[] {
    for (let wide = 1; ; wide *= 2) {
      const found: Found[] = [];
      for (const label of this.#graph.search(query, points * wide, ef * wide)) {
        const cosine = Math.fround(dotAt(query, this.#baseRows, label * this.dimension));
        this.#addRow(found, label, cosine, counts);
      }
      if (found.length >= k || points * wide >= this.#graph.points) return found;
    }
  }

  /** The products of a row that count. */
  #addRow(found: Found[], row: number, cosine: number, counts: (ordinal: number) => boolean): void {
    const { offsets, ordinals } = this.#labels;
    const end = offsets[row + 1] ?? 0;
    for (let i = offsets[row] ?? 0; i < end; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (counts(ordinal)) found.push({ ordinal, cosine });
    }
  }

  #count(row: number, counts: (ordinal: number) => boolean): number {
    const { offsets, ordinals } = this.#labels;
    let count = 0;
    const end = offsets[row + 1] ?? 0;
    for (let i = offsets[row] ?? 0; i < end; i++) if (counts(ordinals[i] ?? 0)) count++;
    return count;
  }

  #addAppended(found: Found[], query: Float32Array, least: number, counts = this.#alive): void {
    for (const [i, ordinal] of this.#appended.entries()) {
      if (!counts(ordinal)) continue;
      const cosine = Math.fround(dotAt(query, this.#appendedRows, i * this.dimension));
      if (cosine >= least) found.push({ ordinal, cosine });
    }
  }

  /** Made when it is first asked for: what only checks a generation does without. */
  #gridScan(): QuantizedScan {
    this.#scan ??= new QuantizedScan(
      this.#baseRows,
      this.dimension,
      Uint32Array.from(this.#labels.keys.keys()).filter((row) => this.#labels.keys[row] !== ''),
    );
    return this.#scan;
  }

  #sorted(found: Found[]): Found[] {
    return found.sort((a, b) => b.cosine - a.cosine || this.#compareIds(a.ordinal, b.ordinal));
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

function bestOf(found: readonly Found[]): number {
  let best = -2;
  for (const { cosine } of found) best = Math.max(best, cosine);
  return best;
}

function listed(found: readonly Found[]): Nearest {
  return {
    ordinals: Uint32Array.from(found, ({ ordinal }) => ordinal),
    cosines: Float32Array.from(found, ({ cosine }) => cosine),
  };
}
