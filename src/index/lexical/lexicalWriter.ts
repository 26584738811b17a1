import { groupByNumber } from '../../structures/countingSort.js';
import { grown } from '../../structures/growTypedArray.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { LEXICAL_FIELDS } from '../liveIndex.js';
import type { ProductTerms } from './countTerms.js';

const makeWords = (length: number) => new Uint32Array(length);
const makeShorts = (length: number) => new Uint16Array(length);

/**
 * Collects the terms of products in ordinal order and writes the inverted index `lexical.bin`: `terms`,
 * sorted; `offsets` of each term's postings; `ordinals` and `packed` of the postings; `lengths.<field>` by
 * ordinal; `words`, sorted, and `wordDocuments`.
 */
export class LexicalWriter {
  readonly #termNumbers = new Map<string, number>();
  readonly #words = new Map<string, number>();
  readonly #lengths = LEXICAL_FIELDS.map(() => new Uint16Array(0));
  #terms = new Uint32Array(1 << 16);
  #ordinals = new Uint32Array(1 << 16);
  #packed = new Uint32Array(1 << 16);
  #postings = 0;
  #products = 0;

  /** Adds the next product; its ordinal is the number of products before it. */
  add(counted: ProductTerms): void {
    const ordinal = this.#products++;
    const needed = this.#postings + counted.terms.size;
    this.#terms = grown(this.#terms, needed, makeWords);
    this.#ordinals = grown(this.#ordinals, needed, makeWords);
    this.#packed = grown(this.#packed, needed, makeWords);
    for (const [term, packed] of counted.terms) {
      let number = this.#termNumbers.get(term);
      if (number === undefined) {
        number = this.#termNumbers.size;
        this.#termNumbers.set(term, number);
      }
      this.#terms[this.#postings] = number;
      this.#ordinals[this.#postings] = ordinal;
      this.#packed[this.#postings] = packed;
      this.#postings++;
    }
    for (const word of counted.words) this.#words.set(word, (this.#words.get(word) ?? 0) + 1);
    for (let field = 0; field < LEXICAL_FIELDS.length; field++) {
      const lengths = grown(this.#lengths[field] ?? new Uint16Array(0), this.#products, makeShorts);
      lengths[ordinal] = counted.lengths[field] ?? 0;
      this.#lengths[field] = lengths;
    }
  }

  get terms(): number {
    return this.#termNumbers.size;
  }

  write(to: SectionWriter): void {
    const sorted = [...this.#termNumbers.keys()].sort();
    const rank = new Uint32Array(sorted.length);
    for (let i = 0; i < sorted.length; i++) rank[this.#termNumbers.get(sorted[i] ?? '') ?? 0] = i;

    const rankOf = this.#terms.subarray(0, this.#postings).map((number) => rank[number] ?? 0);
    // The sort is stable, so each term's ordinals stay ascending.
    const { offsets, items } = groupByNumber(rankOf, sorted.length);
    const ordinals = items.map((posting) => this.#ordinals[posting] ?? 0);
    const packed = items.map((posting) => this.#packed[posting] ?? 0);

    to.strings('terms', sorted);
    to.array('offsets', offsets);
    to.array('ordinals', ordinals);
    to.array('packed', packed);
    for (const [field, lengths] of this.#lengths.entries())
      to.array(`lengths.${field}`, lengths.subarray(0, this.#products));
    const words = [...this.#words.keys()].sort();
    to.strings('words', words);
    to.array(
      'wordDocuments',
      Uint32Array.from(words, (word) => this.#words.get(word) ?? 0),
    );
  }
}
