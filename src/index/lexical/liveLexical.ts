import { grown } from '../../structures/growTypedArray.js';
import { finish, type Steps } from '../../structures/inSlices.js';
import type { SectionReader, StringTable } from '../files/sectionReader.js';
import { LEXICAL_FIELDS, type Lexical, type NearbyWord, type Postings, type Word } from '../liveIndex.js';
import { termOf } from './analyze.js';
import type { ProductTerms } from './countTerms.js';
import { SpellingIndex } from './spellingIndex.js';
import { TermCounts } from './termCounts.js';

const makeShorts = (length: number) => new Uint16Array(length);
const makeWords = (length: number) => new Uint32Array(length);
/** Words added between two pauses of `prepare`. */
const WORDS_A_STEP = 1000;
const NO_LENGTHS = new Uint16Array(0);

interface Appended {
  readonly ordinals: number[];
  readonly packed: number[];
}

/** Base postings and the first appended ones, with room for more. */
interface Joined {
  ordinals: Uint32Array;
  packed: Uint32Array;
  length: number;
  /** The appended ones among them. */
  appended: number;
}

/** The inverted index of a generation, with products appended and deleted in memory. */
export class LiveLexical implements Lexical {
  readonly #terms: StringTable;
  readonly #offsets: Uint32Array;
  readonly #ordinals: Uint32Array;
  readonly #packed: Uint32Array;
  readonly #termCounts: TermCounts;
  readonly #wordCounts: TermCounts;
  readonly #lengths: Uint16Array[];
  readonly #totals: number[];
  readonly #appended = new Map<string, Appended>();
  /** Of terms that were read and have appended postings. */
  readonly #joined = new Map<string, Joined>();
  #documents: number;
  /** Built on first use. */
  #spellings: SpellingIndex | undefined;

  constructor(sections: SectionReader, products: number) {
    this.#terms = sections.strings('terms');
    this.#offsets = sections.u32('offsets');
    this.#ordinals = sections.u32('ordinals');
    this.#packed = sections.u32('packed');
    const counts = new Uint32Array(this.#terms.length);
    for (let i = 0; i < counts.length; i++) counts[i] = (this.#offsets[i + 1] ?? 0) - (this.#offsets[i] ?? 0);
    this.#termCounts = new TermCounts(this.#terms, counts);
    this.#wordCounts = new TermCounts(sections.strings('words'), sections.u32('wordDocuments'));
    this.#lengths = LEXICAL_FIELDS.map((_, field) => sections.u16(`lengths.${field}`));
    this.#totals = this.#lengths.map((lengths) => lengths.reduce((total, length) => total + length, 0));
    this.#documents = products;
  }

  get documentCount(): number {
    return this.#documents;
  }

  terms(prefix: string, limit: number): string[] {
    return this.#termCounts.top(prefix, limit).map(({ text }) => text);
  }

  words(prefix: string, limit: number): Word[] {
    return this.#wordCounts.top(prefix, limit).map(({ text, count }) => wordOf(text, count));
  }

  wordsWithinEdits(word: string, max: number): NearbyWord[] {
    const found: NearbyWord[] = [];
    this.#spellingIndex().within(word, max, (spellings, edits) => {
      const documents = this.#wordCounts.count(spellings);
      if (edits > 0 && documents > 0) found.push({ ...wordOf(spellings, documents), edits });
    });
    return found;
  }

  forEachTerm(visit: (term: string, documents: number) => void): void {
    this.#termCounts.forEach(visit);
  }

  forEachWord(visit: (word: string, documents: number) => void): void {
    this.#wordCounts.forEach(visit);
  }

  wordsContaining(part: string, limit: number): Word[] {
    return this.#wordCounts.topContaining(part, limit).map(({ text, count }) => wordOf(text, count));
  }

  wordDocuments(word: string): number {
    return this.#wordCounts.count(word);
  }

  postings(term: string): Postings | undefined {
    const index = this.#terms.find(term);
    const appended = this.#appended.get(term);
    if (index < 0 && appended === undefined) return undefined;
    const documents = this.#termCounts.count(term);
    const from = index < 0 ? 0 : (this.#offsets[index] ?? 0);
    const to = index < 0 ? 0 : (this.#offsets[index + 1] ?? 0);
    if (appended === undefined) {
      return {
        ordinals: this.#ordinals.subarray(from, to),
        packed: this.#packed.subarray(from, to),
        documents,
      };
    }
    const { ordinals, packed, length } = this.#join(term, appended, from, to);
    return { ordinals: ordinals.subarray(0, length), packed: packed.subarray(0, length), documents };
  }

  lengths(field: number): Uint16Array {
    return this.#lengths[field] ?? NO_LENGTHS;
  }

  averageLength(field: number): number {
    return this.#documents === 0 ? 0 : (this.#totals[field] ?? 0) / this.#documents;
  }

  /** Adds a product with an ordinal higher than any before. */
  append(ordinal: number, counted: ProductTerms): void {
    this.#documents++;
    for (const [term, packed] of counted.terms) {
      this.#termCounts.change(term, 1);
      const appended = this.#appended.get(term);
      if (appended === undefined) this.#appended.set(term, { ordinals: [ordinal], packed: [packed] });
      else {
        appended.ordinals.push(ordinal);
        appended.packed.push(packed);
      }
    }
    for (const word of counted.words) {
      this.#wordCounts.change(word, 1);
      this.#spellings?.add(word);
    }
    for (let field = 0; field < this.#lengths.length; field++) {
      const length = counted.lengths[field] ?? 0;
      const lengths = grown(this.lengths(field), ordinal + 1, makeShorts);
      lengths[ordinal] = length;
      this.#lengths[field] = lengths;
      this.#totals[field] = (this.#totals[field] ?? 0) + length;
    }
  }

  /** Removes a product from every count; its postings stay. `counted` is what was added for it. */
  delete(ordinal: number, counted: ProductTerms): void {
    this.#documents--;
    for (const term of counted.terms.keys()) this.#termCounts.change(term, -1);
    for (const word of counted.words) this.#wordCounts.change(word, -1);
    for (let field = 0; field < this.#lengths.length; field++) {
      this.#totals[field] = (this.#totals[field] ?? 0) - (this.lengths(field)[ordinal] ?? 0);
    }
  }

  /** Builds what is otherwise built on first use. */
  *prepare(): Steps {
    yield* this.#buildSpellings();
  }

  /** Takes over what was appended since the term was read last, so that a write does not copy a long list again. */
  #join(term: string, appended: Appended, from: number, to: number): Joined {
    let joined = this.#joined.get(term);
    if (joined === undefined) {
      const room = to - from + appended.ordinals.length;
      joined = { ordinals: makeWords(room), packed: makeWords(room), length: to - from, appended: 0 };
      joined.ordinals.set(this.#ordinals.subarray(from, to));
      joined.packed.set(this.#packed.subarray(from, to));
      this.#joined.set(term, joined);
    }
    const length = joined.length + appended.ordinals.length - joined.appended;
    joined.ordinals = grown(joined.ordinals, length, makeWords);
    joined.packed = grown(joined.packed, length, makeWords);
    for (; joined.length < length; joined.length++, joined.appended++) {
      joined.ordinals[joined.length] = appended.ordinals[joined.appended] ?? 0;
      joined.packed[joined.length] = appended.packed[joined.appended] ?? 0;
    }
    return joined;
  }

  #spellingIndex(): SpellingIndex {
    return this.#spellings ?? finish(this.#buildSpellings());
  }

  *#buildSpellings(): Steps<SpellingIndex> {
    const words: string[] = [];
    this.#wordCounts.forEach((word) => {
      words.push(word);
    });
    const spellings = new SpellingIndex();
    for (let at = 0; at < words.length && this.#spellings === undefined; at++) {
      if (at % WORDS_A_STEP === 0) yield;
      spellings.add(words[at] ?? '');
    }
    if (this.#spellings === undefined) {
      // Words may have been added while this paused.
      this.#wordCounts.forEach((word) => {
        spellings.add(word);
      });
      this.#spellings = spellings;
    }
    return this.#spellings;
  }
}

function wordOf(word: string, documents: number): Word {
  return { word, term: termOf(word), documents };
}
