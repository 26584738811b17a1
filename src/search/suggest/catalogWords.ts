import { countTerms } from '../../index/lexical/countTerms.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Steps } from '../../structures/inSlices.js';
import { TopK } from '../../structures/topK.js';
import { editDistance } from '../../text/editDistance.js';
import { PrefixTable } from './prefixTable.js';

/** A word of the catalog that completes or corrects a typed one. */
export interface FoundWord {
  readonly word: string;
  readonly documents: number;
  readonly edits: number;
}

/** The words of live products as written, found by prefix. */
export class CatalogWords {
  readonly #words: string[];
  readonly #documents: number[];
  readonly #table: PrefixTable;

  private constructor(
    private readonly index: LiveIndex,
    { words, documents, table }: { words: string[]; documents: number[]; table: PrefixTable },
  ) {
    this.#words = words;
    this.#documents = documents;
    this.#table = table;
  }

  /** Words that change meanwhile are to be given to `recount` afterwards. */
  static *build(index: LiveIndex): Steps<CatalogWords> {
    const words: string[] = [];
    const documents: number[] = [];
    index.lexical.forEachWord((word, count) => {
      words.push(word);
      documents.push(count);
    });
    yield;
    const table = yield* PrefixTable.build(words.map((key, payload) => ({ key, payload })));
    return new CatalogWords(index, { words, documents, table });
  }

  /** Updates the counts for the words of a product that was added or deleted. */
  recount(ordinal: number): void {
    for (const word of countTerms(this.index.document(ordinal), this.index.columns.rules).words) {
      const documents = this.index.lexical.wordDocuments(word);
      const known = this.#table.find(word);
      if (known !== undefined) this.#documents[known] = documents;
      else if (documents > 0) {
        this.#table.add(word, this.#words.length);
        this.#words.push(word);
        this.#documents.push(documents);
      }
    }
  }

  /** The `max` words that begin with `typed` and occur in most products: by products, then by word. */
  completing(typed: string, max: number): readonly FoundWord[] {
    const best = new TopWords(max);
    this.#table.forEachPrefixed(typed, (id) =>
      best.offer(this.#words[id] ?? '', this.#documents[id] ?? 0, 0),
    );
    return best.list;
  }

  /** Words with a prefix 1 to `edits` edits from `typed`: fewest edits first, then as above. */
  nearlyCompleting(typed: string, edits: number, max: number): readonly FoundWord[] {
    const best = new TopWords(max);
    this.#table.forEachNear(typed, edits, (id, distance) => {
      if (distance > 0) best.offer(this.#words[id] ?? '', this.#documents[id] ?? 0, distance);
    });
    return best.list;
  }

  /** The word nearest to a complete typed word, at most `edits` away; on a tie the more frequent one. */
  nearest(typed: string, edits: number): FoundWord | undefined {
    const best = new TopWords(1);
    this.#table.forEachNear(`${typed} `, edits, (id) => {
      const word = this.#words[id] ?? '';
      if (Math.abs(word.length - typed.length) > edits) return;
      const distance = editDistance(typed, word);
      if (distance <= edits) best.offer(word, this.#documents[id] ?? 0, distance);
    });
    return best.list[0];
  }
}

/** Ordered by fewest edits, then most documents, then word. */
class TopWords {
  readonly #top: TopK<FoundWord>;

  constructor(max: number) {
    this.#top = new TopK(max, compareWords);
  }

  get list(): readonly FoundWord[] {
    return this.#top.items;
  }

  offer(word: string, documents: number, edits: number): void {
    if (documents <= 0) return;
    const { worst } = this.#top;
    // Checked before an object is built: a single typed letter has thousands of words.
    if (
      worst !== undefined &&
      (edits > worst.edits || (edits === worst.edits && documents < worst.documents))
    )
      return;
    this.#top.offer({ word, documents, edits });
  }
}

/** Words are distinct. */
function compareWords(a: FoundWord, b: FoundWord): number {
  return a.edits - b.edits || b.documents - a.documents || (a.word < b.word ? -1 : 1);
}
