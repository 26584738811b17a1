import { FEATURE_SPACE, type FeatureHasher } from './featureHasher.js';

/** A sparse matrix in compressed row form: row r has `ids[starts[r], starts[r + 1])` with their `values`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/**
 * The features that occur in at least two rows, numbered from 0, with their inverse document frequency
 * (ln(1 + rows / rows with the feature)). Encodes what a FeatureHasher read: words and n-grams are two blocks, each
 * weighted by inverse document frequency and scaled to length 1.
 */
export class Vocabulary {
  readonly #idOf: Int32Array;

  /** `hashes` are ascending; `weights[i]` belongs to `hashes[i]`. */
  constructor(
    readonly hashes: Int32Array,
    readonly weights: Float32Array,
  ) {
    this.#idOf = new Int32Array(FEATURE_SPACE).fill(-1);
    for (let id = 0; id < hashes.length; id++) this.#idOf[hashes[id] ?? 0] = id;
  }

  get size(): number {
    return this.hashes.length;
  }

  /** `counts` holds, for each feature hash, how many of the `rows` rows have it. */
  static of(counts: Int32Array, rows: number): Vocabulary {
    let size = 0;
    for (let hash = 0; hash < FEATURE_SPACE; hash++) if ((counts[hash] ?? 0) >= 2) size++;
    const hashes = new Int32Array(size);
    const weights = new Float32Array(size);
    let id = 0;
    for (let hash = 0; hash < FEATURE_SPACE; hash++) {
      const count = counts[hash] ?? 0;
      if (count < 2) continue;
      hashes[id] = hash;
      weights[id] = Math.log(1 + rows / count);
      id++;
    }
    return new Vocabulary(hashes, weights);
  }

  /**
   * Writes the known features of the last read product from `at` on, up to `hasher.count` of them; with `owners`, also
   * the word that each comes from. Returns the index after the last one.
   */
  encode(
    hasher: FeatureHasher,
    ids: Int32Array,
    values: Float32Array,
    at: number,
    owners?: Int32Array,
  ): number {
    const middle = this.#encodeBlock(hasher, 0, hasher.words, ids, values, at, owners);
    return this.#encodeBlock(hasher, hasher.words, hasher.count, ids, values, middle, owners);
  }

  #encodeBlock(
    hasher: FeatureHasher,
    from: number,
    to: number,
    ids: Int32Array,
    values: Float32Array,
    at: number,
    owners: Int32Array | undefined,
  ): number {
    let end = at;
    let squares = 0;
    for (let i = from; i < to; i++) {
      const id = this.#idOf[hasher.hashes[i] ?? 0] ?? -1;
      if (id < 0) continue;
      const weight = this.weights[id] ?? 0;
      squares += weight * weight;
      ids[end] = id;
      values[end] = weight;
      if (owners !== undefined) owners[end] = hasher.owners[i] ?? 0;
      end++;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let i = at; i < end; i++) values[i] = (values[i] ?? 0) * scale;
    return end;
  }
}
