import type { Bitset } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import type { Nearest, NearestBounds } from '../liveIndex.js';
import { AppendedVectors, type Hit } from './appendedVectors.js';
import type { ExactVectors } from './exactVectors.js';
import type { GraphLinks } from './graphLinks.js';
import { GraphSearch } from './graphSearch.js';
import type { HnswLabels } from './hnswLabels.js';
import { QuantizedScan } from './quantizedScan.js';
import type { SharedRows } from './sharedRows.js';
import { normalized } from './unitVector.js';

const makeInts = (length: number) => new Int32Array(length);

/**
 * Cost of each search strategy in nanoseconds: comparing one row by random access, comparing one row in a
 * sequential quantized scan, one step of the HNSW beam. Measured with 384 dimensions and 31,136 rows (bench
 * `filtered`); only the ratios matter.
 */
const COST = { lookUp: 400, scan: 35, beam: 4500 };
/** Above this many rows HNSW is used instead of a scan of all. */
const MAX_SCANNED_ROWS = 300_000;
/** Beam width relative to the points requested: recall is .98 or more. */
const BEAM_WIDTH = 2;
/**
 * Minimum number of points requested: near the query the graph has few paths, and equal titles form clusters.
 */
const MIN_POINTS = 96;
/** Share and number of points beyond those requested that are compared exactly. */
const MORE_COMPARED = 0.25;
const MIN_MORE_COMPARED = 8;

/** What the vectors need to know of products: which are live, and the order of equal cosines. */
export interface Products {
  alive(ordinal: number): boolean;
  idOf(ordinal: number): string;
}

/** The vectors of a generation: rows by distinct text, the graph over them, and their products. */
export interface GenerationVectors {
  readonly links: GraphLinks;
  readonly quantized: SharedRows;
  readonly exact: ExactVectors;
  readonly labels: HnswLabels;
}

/**
 * The vectors of a generation and of appended products: a graph or a scan finds the former, a scan the latter. Both
 * compare int8 rows first, and what may be near enough exactly. Products with the same text share a row; `labels` maps
 * rows to ordinals.
 */
export class LiveVectors {
  readonly dimension: number;
  readonly #products: Products;
  readonly #graph: GraphSearch;
  readonly #quantized: SharedRows;
  readonly #exact: ExactVectors;
  readonly #labels: HnswLabels;
  /** Rows of the generation. */
  readonly #rows: number;
  #rowOf: Int32Array;
  readonly #appended: AppendedVectors;
  readonly #maxScannedRows: number;
  #scan: QuantizedScan | undefined;

  constructor(
    products: Products,
    { links, quantized, exact, labels }: GenerationVectors,
    maxScannedRows = MAX_SCANNED_ROWS,
  ) {
    this.dimension = quantized.dimension;
    this.#appended = new AppendedVectors(quantized.dimension);
    this.#products = products;
    this.#graph = new GraphSearch(links);
    this.#quantized = quantized;
    this.#exact = exact;
    this.#labels = labels;
    this.#rows = labels.keys.length;
    this.#rowOf = labels.vectorOf;
    this.#maxScannedRows = maxScannedRows;
  }

  /** Adds the vector of a product; undefined if it has none. */
  append(ordinal: number, vector: Float32Array | undefined): void {
    this.#rowOf = grown(this.#rowOf, ordinal + 1, makeInts);
    const unit = vector === undefined ? undefined : normalized(vector);
    if (unit === undefined) {
      this.#rowOf[ordinal] = -1;
      return;
    }
    this.#rowOf[ordinal] = this.#rows + this.#appended.append(ordinal, unit);
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    const row = this.#rowOf[ordinal] ?? -1;
    if (row < 0) return undefined;
    if (row >= this.#rows) return this.#appended.vector(row - this.#rows);
    return this.#exact.vector(row);
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const found = new Float32Array(ordinals.length).fill(Number.NaN);
    const query = normalized(vector);
    if (query === undefined) return found;
    const rows = this.#rows;
    for (let i = 0; i < ordinals.length; i++) {
      const row = this.#rowOf[ordinals[i] ?? 0] ?? -1;
      if (row >= rows) found[i] = this.#appended.cosine(query, row - rows);
      else if (row >= 0) found[i] = this.#exact.dot(query, row);
    }
    return found;
  }

  /** See LiveIndex.approximateCosines. */
  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const query = normalized(vector);
    const found = new Float32Array(ordinals.length).fill(Number.NaN);
    if (query === undefined) return found;
    const approximateCosine = this.#approximateCosine(query);
    const rows = this.#rows;
    for (let i = 0; i < ordinals.length; i++) {
      const row = this.#rowOf[ordinals[i] ?? 0] ?? -1;
      if (row >= rows) found[i] = this.#appended.cosine(query, row - rows);
      else if (row >= 0) found[i] = approximateCosine(row);
    }
    return found;
  }

  /** See LiveIndex.nearest. */
  nearest(vector: Float32Array, k: number, ef: number): Nearest {
    const query = normalized(vector);
    if (query === undefined || k < 1) return nearestOf([]);
    const found = this.#searchGraph(query, k, ef);
    this.#appended.addNearest(found, query, k, this.#alive);
    return nearestOf(this.#sortHits(found).slice(0, k));
  }

  /** See LiveIndex.nearestAmong. */
  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    const query = normalized(vector);
    if (query === undefined || k < 1) return nearestOf([]);
    const passes = (ordinal: number): boolean => pass.has(ordinal) && this.#products.alive(ordinal);
    const found: Hit[] = [];
    const strategy = this.#chooseStrategy(k, pass);
    if (strategy === 'look up') {
      const rows = this.#rows;
      pass.forEach((ordinal) => {
        const row = this.#rowOf[ordinal] ?? -1;
        if (row < 0 || row >= rows || !this.#products.alive(ordinal)) return;
        found.push({ ordinal, cosine: Math.fround(this.#exact.dot(query, row)) });
      });
    } else if (strategy === 'scan') {
      const near = this.#quantizedScan().nearest(query, k, (row) => this.#countMembers(row, passes));
      for (const { row, cosine } of near) this.#addRow(found, row, cosine, passes);
    } else {
      found.push(...this.#searchGraph(query, k, BEAM_WIDTH * strategy, strategy, passes));
    }
    this.#appended.addNearest(found, query, k, passes);
    return nearestOf(this.#sortHits(found).slice(0, k));
  }

  /** See LiveIndex.nearestWithin. */
  nearestWithin(vector: Float32Array, bounds: NearestBounds, pass?: Bitset): Nearest {
    const query = normalized(vector);
    if (query === undefined) return nearestOf([]);
    const { min, share, max } = bounds;
    const found: Hit[] = [];
    const passes =
      pass === undefined ? this.#alive : (ordinal: number) => pass.has(ordinal) && this.#alive(ordinal);
    this.#appended.addWithin(found, query, min, passes);
    if (this.#rows > this.#maxScannedRows)
      found.push(...this.#searchGraph(query, max, BEAM_WIDTH * max, max, passes));
    else {
      const near = this.#quantizedScan().nearestWithin(query, bounds, highestCosine(found), (row) =>
        this.#countMembers(row, passes),
      );
      for (const { row, cosine } of near) this.#addRow(found, row, cosine, passes);
    }
    const bound = Math.max(min, share * highestCosine(found));
    const near = found.filter(({ cosine }) => cosine >= bound);
    if (near.length <= max) return nearestOf(near);
    const last = Float32Array.from(near, ({ cosine }) => cosine).sort()[near.length - max] ?? bound;
    return nearestOf(near.filter(({ cosine }) => cosine >= last));
  }

  free(): void {
    this.#exact.close();
  }

  readonly #alive = (ordinal: number): boolean => this.#products.alive(ordinal);

  /**
   * Chooses the strategy with the lowest estimated cost; for HNSW, returns the number of points to request.
   */
  #chooseStrategy(k: number, pass: Bitset): 'look up' | 'scan' | number {
    const passing = pass.count();
    const rows = this.#rows;
    // If passing products are spread evenly, k of them are among this many points.
    const points = Math.max(MIN_POINTS, Math.ceil((k * rows) / Math.max(1, passing)));
    const lookUp = passing * COST.lookUp;
    const scan = rows > this.#maxScannedRows ? Number.POSITIVE_INFINITY : rows * COST.scan;
    const graph = BEAM_WIDTH * points * COST.beam;
    if (lookUp <= Math.min(scan, graph)) return 'look up';
    return scan <= graph ? 'scan' : points;
  }

  /**
   * At least `k` of the products that count, if there are as many, from the `points` nearest by a beam of
   * `ef`. Both grow while other products take up places.
   */
  #searchGraph(query: Float32Array, k: number, ef: number, points = k, isCounted = this.#alive): Hit[] {
    this.#quantized.setQuery(query);
    for (let factor = 1; ; factor *= 2) {
      const found: Hit[] = [];
      const wanted = points * factor;
      const near = this.#graph.search(this.#quantized, Math.max(ef * factor, wanted), this.#hasMembers);
      // Their order is that of the int8 rows, so a few more are compared exactly.
      const compared = Math.min(near.length, wanted + Math.ceil(MORE_COMPARED * wanted) + MIN_MORE_COMPARED);
      for (const row of near.subarray(0, compared).sort())
        this.#addRow(found, row, Math.fround(this.#exact.dot(query, row)), isCounted);
      if (found.length >= k || wanted >= this.#rows) return found;
    }
  }

  /** A row that no product has is a deleted point of the graph. */
  readonly #hasMembers = (row: number): boolean => {
    const { offsets } = this.#labels;
    return offsets[row] !== offsets[row + 1];
  };

  /** The cosine of a row, off by a few thousandths. */
  #approximateCosine(query: Float32Array): (row: number) => number {
    if (this.#rows <= this.#maxScannedRows) return this.#quantizedScan().approximateCosines(query);
    this.#quantized.setQuery(query);
    return (row) => {
      this.#quantized.rows[0] = row;
      return this.#quantized.measure(1)[0] ?? Number.NaN;
    };
  }

  /** The products of a row that count. */
  #addRow(found: Hit[], row: number, cosine: number, isCounted: (ordinal: number) => boolean): void {
    const { offsets, ordinals } = this.#labels;
    const end = offsets[row + 1] ?? 0;
    for (let i = offsets[row] ?? 0; i < end; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (isCounted(ordinal)) found.push({ ordinal, cosine });
    }
  }

  #countMembers(row: number, isCounted: (ordinal: number) => boolean): number {
    const { offsets, ordinals } = this.#labels;
    let countMembers = 0;
    const end = offsets[row + 1] ?? 0;
    for (let i = offsets[row] ?? 0; i < end; i++) if (isCounted(ordinals[i] ?? 0)) countMembers++;
    return countMembers;
  }

  /** Built on first use: checking a generation does not need it. */
  #quantizedScan(): QuantizedScan {
    this.#scan ??= new QuantizedScan(this.#quantized, this.#exact);
    return this.#scan;
  }

  #sortHits(found: Hit[]): Hit[] {
    return found.sort((a, b) => b.cosine - a.cosine || this.#compareIds(a.ordinal, b.ordinal));
  }

  #compareIds(a: number, b: number): number {
    return this.#products.idOf(a) < this.#products.idOf(b) ? -1 : 1;
  }
}

function highestCosine(found: readonly Hit[]): number {
  let best = -2;
  for (const { cosine } of found) best = Math.max(best, cosine);
  return best;
}

function nearestOf(found: readonly Hit[]): Nearest {
  return {
    ordinals: Uint32Array.from(found, ({ ordinal }) => ordinal),
    cosines: Float32Array.from(found, ({ cosine }) => cosine),
  };
}
