import { type AnalyzedWord, analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { foldLetters } from '../../text/fold.js';
import { type Token, tokens } from '../../text/tokens.js';
import { Lookup } from './lookup.js';
import { withPlainRanges } from './rangeWords.js';
import { type KeyWord, keyWords } from './structure/keyWords.js';

/**
 * The text of a query and its analyses: tokens, index terms, look-ups of the whole text. Each is made once,
 * on first use, and shared by everything that reads the query.
 */
export class Query {
  #folded: string | undefined;
  #tokens: readonly Token[] | undefined;
  #words: readonly AnalyzedWord[] | undefined;
  #keyWords: readonly KeyWord[] | undefined;
  readonly #identified = new Lookup((index) => index.findByIdentifier(this.text));
  readonly #titled = new Lookup((index) => index.findByTitle(this.text));

  /** `text` is the query as typed; token offsets are in its UTF-16 units. */
  constructor(readonly text: string) {}

  /** The text without case and accents. */
  get folded(): string {
    this.#folded ??= foldLetters(this.text);
    return this.#folded;
  }

  /** Words, numbers and single signs: for prices, sizes and negations. */
  get tokens(): readonly Token[] {
    this.#tokens ??= tokens(this.text);
    return this.#tokens;
  }

  /** The index terms of each token: for finding products. */
  get words(): readonly AnalyzedWord[] {
    this.#words ??= analyzeWords(withPlainRanges(this.text));
    return this.#words;
  }

  /** Stemmed words with their offsets: for names of values. */
  get keyWords(): readonly KeyWord[] {
    this.#keyWords ??= keyWords(this.tokens);
    return this.#keyWords;
  }

  /** Ordinals of the products that the whole query identifies. */
  identifierMatches(index: LiveIndex): readonly number[] {
    return this.#identified.in(index);
  }

  /** Ordinals of the products whose title or full name equals the whole query. */
  titleMatches(index: LiveIndex): readonly number[] {
    return this.#titled.in(index);
  }
}
