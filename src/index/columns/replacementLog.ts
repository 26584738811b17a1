/** Of so many replacements it is known which products they were of. */
const MAX_KNOWN = 100_000;

/** Counts the replacements of cells, and remembers the products of the last ones. */
export class ReplacementLog {
  #known: number[] = [];
  #forgotten = 0;

  get count(): number {
    return this.#forgotten + this.#known.length;
  }

  /** See Column.replacedSince. */
  since(count: number): readonly number[] | undefined {
    return count < this.#forgotten ? undefined : this.#known.slice(count - this.#forgotten);
  }

  add(ordinal: number): void {
    if (this.#known.length >= 2 * MAX_KNOWN) {
      this.#forgotten += this.#known.length - MAX_KNOWN;
      this.#known = this.#known.slice(-MAX_KNOWN);
    }
    this.#known.push(ordinal);
  }
}
