import { TopK } from '../../structures/topK.js';
import type { StringTable } from '../files/sectionReader.js';

export interface TermCount {
  readonly text: string;
  readonly count: number;
}

/** A sorted list of strings with counts, and changes of the counts in memory. */
export class TermCounts {
  readonly #table: StringTable;
  readonly #counts: Uint32Array;
  readonly #changes = new Map<string, number>();
  /** The changed strings that the table lacks. */
  readonly #added: string[] = [];

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
    const before = this.#changes.get(text);
    if (before === undefined && this.#table.find(text) < 0) this.#added.push(text);
    this.#changes.set(text, (before ?? 0) + by);
  }

  /** Visits the strings whose count is above 0, in no particular order. */
  forEach(visit: (text: string, count: number) => void): void {
    for (let i = 0; i < this.#table.length; i++) {
      const text = this.#table.at(i);
      const count = (this.#counts[i] ?? 0) + (this.#changes.get(text) ?? 0);
      if (count > 0) visit(text, count);
    }
    for (const text of this.#added) {
      const count = this.#changes.get(text) ?? 0;
      if (count > 0) visit(text, count);
    }
  }

  /** The `limit` strings with the highest counts that begin with `prefix`: by count, then by string. */
  top(prefix: string, limit: number): readonly TermCount[] {
    const top = new TopK<TermCount>(limit, byCount);
    const offer = (text: string, count: number): void => {
      // Checked before an object is built: a short prefix has thousands of terms.
      if (count > 0 && count >= (top.worst?.count ?? 0)) top.offer({ text, count });
    };
    const unchanged = this.#changes.size === 0;
    for (let i = this.#table.lowerBound(prefix); i < this.#table.length; i++) {
      const count = this.#counts[i] ?? 0;
      const text = this.#table.at(i);
      if (!text.startsWith(prefix)) break;
      offer(text, unchanged ? count : count + (this.#changes.get(text) ?? 0));
    }
    for (const text of this.#added) if (text.startsWith(prefix)) offer(text, this.#changes.get(text) ?? 0);
    return top.items;
  }

  /** The `limit` strings with the highest counts that contain `part` (not empty): by count, then by string. */
  topContaining(part: string, limit: number): readonly TermCount[] {
    const top = new TopK<TermCount>(limit, byCount);
    this.#table.forEachHolding(part, (text, index) => {
      const count = (this.#counts[index] ?? 0) + (this.#changes.get(text) ?? 0);
      if (count > 0) top.offer({ text, count });
      return true;
    });
    for (const text of this.#added) {
      const count = this.#changes.get(text) ?? 0;
      if (count > 0 && text.includes(part)) top.offer({ text, count });
    }
    return top.items;
  }
}

/** Texts are distinct. */
function byCount(a: TermCount, b: TermCount): number {
  return b.count - a.count || (a.text < b.text ? -1 : 1);
}
