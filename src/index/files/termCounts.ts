import type { StringTable } from './sections.js';

/** A sorted list of strings with a count each, and changes of the counts laid over it. */
export class TermCounts {
  readonly #table: StringTable;
  readonly #counts: Uint32Array;
  readonly #changes = new Map<string, number>();
  #added: string[] | undefined;

  /** `counts[i]` belongs to `table.at(i)`; `table` is sorted by UTF-16 units. */
  constructor(table: StringTable, counts: Uint32Array) {
    this.#table = table;
    this.#counts = counts;
  }

  count(text: string): number {
    const index = this.#table.find(text);
    return (index < 0 ? 0 : (this.#counts[index] ?? 0)) + (this.#changes.get(text) ?? 0);
  }

  change(text: string, by: number): void {
    if (!this.#changes.has(text)) this.#added = undefined;
    this.#changes.set(text, (this.#changes.get(text) ?? 0) + by);
  }

  /** Strings with a count, in no particular order. */
  forEach(visit: (text: string, count: number) => void): void {
    for (let i = 0; i < this.#table.length; i++) {
      const text = this.#table.at(i);
      const count = (this.#counts[i] ?? 0) + (this.#changes.get(text) ?? 0);
      if (count > 0) visit(text, count);
    }
    for (const text of this.#new()) {
      const count = this.#changes.get(text) ?? 0;
      if (count > 0) visit(text, count);
    }
  }

  /** The `limit` strings of the highest counts that begin with `prefix`: by count, then by string. */
  top(prefix: string, limit: number): { text: string; count: number }[] {
    const best: { text: string; count: number }[] = [];
    if (limit <= 0) return best;
    const offer = (text: string, count: number) => {
      const worst = best.at(-1);
      if (count <= 0) return;
      if (
        best.length >= limit &&
        worst !== undefined &&
        (count < worst.count || (count === worst.count && text > worst.text))
      )
        return;
      let place = best.length;
      for (; place > 0; place--) {
        const other = best[place - 1];
        if (other === undefined || other.count > count || (other.count === count && other.text < text)) break;
      }
      best.splice(place, 0, { text, count });
      if (best.length > limit) best.pop();
    };
    const unchanged = this.#changes.size === 0;
    for (let i = this.#table.lowerBound(prefix); i < this.#table.length; i++) {
      const count = this.#counts[i] ?? 0;
      const text = this.#table.at(i);
      if (!text.startsWith(prefix)) break;
      offer(text, unchanged ? count : count + (this.#changes.get(text) ?? 0));
    }
    for (const text of this.#new()) if (text.startsWith(prefix)) offer(text, this.#changes.get(text) ?? 0);
    return best;
  }

  /** Strings that the table lacks. */
  #new(): string[] {
    this.#added ??= [...this.#changes.keys()].filter((text) => this.#table.find(text) < 0);
    return this.#added;
  }
}
