import { TopK } from '../../structures/topK.js';
import type { TermCount } from '../lexical/termCounts.js';

/** Texts and the number of products with each; a text without products is forgotten. */
export class TextCounts {
  readonly #counts = new Map<string, number>();

  count(text: string): number {
    return this.#counts.get(text) ?? 0;
  }

  change(text: string, by: 1 | -1): void {
    const count = this.count(text) + by;
    if (count > 0) this.#counts.set(text, count);
    else this.#counts.delete(text);
  }

  forEach(visit: (text: string, count: number) => void): void {
    for (const [text, count] of this.#counts) visit(text, count);
  }

  /** The `limit` texts with the highest counts that begin with `prefix`: by count, then by text. */
  top(prefix: string, limit: number): readonly TermCount[] {
    return this.topMatching((text) => text.startsWith(prefix), limit);
  }

  /** The same of those that match. */
  topMatching(matches: (text: string) => boolean, limit: number): readonly TermCount[] {
    const top = new TopK<TermCount>(limit, (a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    for (const [text, count] of this.#counts) {
      if (count >= (top.worst?.count ?? 0) && matches(text)) top.offer({ text, count });
    }
    return top.items;
  }
}
