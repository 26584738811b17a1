/**
 * Pools of arrays by ordinal, reused from one search to the next. Allocating them for each search would cost
 * over a megabyte on a catalog of 44,000 products, and a fifth of the search time for garbage collection. A
 * search does not await after it has acquired its first array, so no two searches hold arrays at once. Data
 * that outlives the search must be copied.
 */
class ArrayPools {
  readonly #floats = new ArrayPool((length) => new Float32Array(length));
  readonly #doubles = new ArrayPool((length) => new Float64Array(length));
  readonly #words = new ArrayPool((length) => new Uint32Array(length));
  readonly #bytes = new ArrayPool((length) => new Uint8Array(length));

  /** Makes all arrays available again. */
  reset(): void {
    for (const pool of [this.#floats, this.#doubles, this.#words, this.#bytes]) pool.reset();
  }

  /** Like the methods below: an array of `length` zeros. */
  floats(length: number): Float32Array {
    return this.#floats.acquire(length);
  }

  doubles(length: number): Float64Array {
    return this.#doubles.acquire(length);
  }

  words(length: number): Uint32Array {
    return this.#words.acquire(length);
  }

  bytes(length: number): Uint8Array {
    return this.#bytes.acquire(length);
  }
}

interface TypedArray<Self> {
  readonly length: number;
  fill(value: number): unknown;
  subarray(from: number, to: number): Self;
}

/** Maximum number of arrays kept per type, more than one search uses; arrays beyond it are not pooled. */
const MAX_POOLED = 16;

class ArrayPool<Numbers extends TypedArray<Numbers>> {
  readonly #pooled: Numbers[] = [];
  #acquired = 0;

  constructor(private readonly make: (length: number) => Numbers) {}

  acquire(length: number): Numbers {
    if (this.#acquired >= MAX_POOLED) return this.make(length);
    const slot = this.#acquired++;
    const pooled = this.#pooled[slot];
    if (pooled === undefined || pooled.length < length) {
      const created = this.make(length);
      this.#pooled[slot] = created;
      return created;
    }
    const acquired = pooled.length === length ? pooled : pooled.subarray(0, length);
    acquired.fill(0);
    return acquired;
  }

  reset(): void {
    this.#acquired = 0;
  }
}

export const arrayPools = new ArrayPools();
