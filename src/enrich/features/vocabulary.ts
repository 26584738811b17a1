import { FEATURE_SPACE, type FeatureReader } from './features.js';

/** Features of rows one after another: row r has `ids[starts[r], starts[r + 1])` with their `values`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/**
 * The features that the examples hold at least twice, numbered from 0, with their inverse document
 * frequency (ln(1 + rows / rows holding it)). Encodes what a FeatureReader read: each of the two blocks
 * (words, n-grams) weighted by frequency and scaled to length 1.
 */
export class Vocabulary {
  readonly #idOf: Int32Array;

  /** `hashes` ascending; `weights[i]` belongs to `hashes[i]`. */
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

  /** From how many of `rows` rows hold each feature hash. */
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
   * Writes the known features of the last read product at `at` and after; with `owners`, also the word
   * that each is from. Returns the place after the last one. Needs up to `reader.count` places.
   */
  encode(
    reader: FeatureReader,
    ids: Int32Array,
    values: Float32Array,
    at: number,
    owners?: Int32Array,
  ): number {
    const middle = this.#encodeBlock(reader, 0, reader.words, ids, values, at, owners);
    return this.#encodeBlock(reader, reader.words, reader.count, ids, values, middle, owners);
  }

  #encodeBlock(
    reader: FeatureReader,
    from: number,
    to: number,
    ids: Int32Array,
    values: Float32Array,
    at: number,
    owners: Int32Array | undefined,
  ): number {
    let place = at;
    let squares = 0;
    for (let i = from; i < to; i++) {
      const id = this.#idOf[reader.hashes[i] ?? 0] ?? -1;
      if (id < 0) continue;
      const weight = this.weights[id] ?? 0;
      squares += weight * weight;
      ids[place] = id;
      values[place] = weight;
      if (owners !== undefined) owners[place] = reader.owners[i] ?? 0;
      place++;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let i = at; i < place; i++) values[i] = (values[i] ?? 0) * scale;
    return place;
  }
}
