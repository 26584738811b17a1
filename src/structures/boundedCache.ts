/**
 * A cache that drops everything once it holds `limit` entries. Cheaper than an LRU cache, whose every read moves
 * an entry: for values that take microseconds to make again and are read thousands of times a search.
 */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, Value>();

  constructor(readonly limit: number) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Undefined where the key is not cached; values are never undefined. */
  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    if (this.#entries.size >= this.limit && !this.#entries.has(key)) this.#entries.clear();
    this.#entries.set(key, value);
  }

  clear(): void {
    this.#entries.clear();
  }
}
