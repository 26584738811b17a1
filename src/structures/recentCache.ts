/**
 * The last few results by text, for work on one product after another whose steps read the same texts: longer ones than
 * are worth caching for good. A full cache forgets the oldest.
 */
export class RecentCache<Value> {
  readonly #keys: string[] = [];
  readonly #values: Value[] = [];
  #next = 0;

  constructor(readonly limit: number) {}

  /** The result for a text, made now if it is not among the last ones. */
  get(text: string, make: (text: string) => Value): Value {
    for (let at = 0; at < this.#keys.length; at++) {
      const value = this.#values[at];
      if (this.#keys[at] === text && value !== undefined) return value;
    }
    const value = make(text);
    this.#keys[this.#next] = text;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.limit;
    return value;
  }
}
