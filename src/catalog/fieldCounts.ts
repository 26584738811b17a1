/** Counts by field. */
export class FieldCounts {
  readonly #counts: Map<string, number>;

  constructor(start: Readonly<Record<string, number>> = {}) {
    this.#counts = new Map(Object.entries(start));
  }

  add(fields: Iterable<string>): void {
    for (const field of fields) this.#counts.set(field, this.of(field) + 1);
  }

  of(field: string): number {
    return this.#counts.get(field) ?? 0;
  }

  /** By descending count. */
  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
  }
}
