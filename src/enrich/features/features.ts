import type { Product } from '../../domain/product.js';
import { tokens } from '../../text/tokens.js';

/** Features are numbers below this: hashes of words, of word pairs and of character n-grams. */
export const FEATURE_SPACE = 1 << 18;

/** Text fields that features are read from; `owner` numbers point into the tokens read from them. */
const FEATURE_FIELDS = ['title', 'brand', 'description'] as const;

const MAX_TOKENS = 96;
const MAX_FEATURES = 4096;
const DESCRIPTION_PREFIX = 100;
const LONGEST_WORD = 24;

/** A word of the product's text that gave rise to features. */
export interface FeatureToken {
  readonly field: (typeof FEATURE_FIELDS)[number];
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a product's features into buffers of its own, which the next `read` overwrites:
 * `hashes[0, words)` words, word pairs and last words, `hashes[words, count)` word-bounded character 3- to 5-grams,
 * each at most once; `owners[i]` is the place in `tokens` of the (first) word that feature i is from.
 * Title and brand share one space, so a brand counts the same in either; the beginning of the
 * description counts only where there is no title.
 */
export class FeatureReader {
  readonly hashes = new Int32Array(MAX_FEATURES);
  readonly owners = new Int32Array(MAX_FEATURES);
  words = 0;
  count = 0;
  tokens: FeatureToken[] = [];

  readonly #stamps = new Int32Array(FEATURE_SPACE);
  #stamp = 0;
  readonly #wordHashes = new Int32Array(MAX_TOKENS);

  read(product: Product): void {
    this.tokens = [];
    this.#collect(product, 'title');
    this.#collect(product, 'brand');
    if ((product.title ?? '').trim() === '') this.#collect(product, 'description');
    this.#stamp++;
    this.count = 0;
    this.#readWords();
    this.words = this.count;
    this.#readCharacters();
  }

  #collect(product: Product, field: (typeof FEATURE_FIELDS)[number]): void {
    const text = product[field];
    if (text === undefined) return;
    for (const { folded, start, end } of tokens(
      field === 'description' ? text.slice(0, DESCRIPTION_PREFIX) : text,
    )) {
      if (this.tokens.length === MAX_TOKENS) return;
      if (isWord(folded)) this.tokens.push({ field, folded, start, end });
    }
  }

  #readWords(): void {
    for (let t = 0; t < this.tokens.length; t++) {
      const token = this.tokens[t];
      if (token === undefined) continue;
      let hash = 0x811c9dc5;
      for (let i = 0; i < token.folded.length; i++)
        hash = Math.imul(hash ^ token.folded.charCodeAt(i), 0x01000193);
      this.#wordHashes[t] = hash;
      this.#add(hash, t);
      const before = this.tokens[t - 1];
      if (before !== undefined && before.field === token.field) {
        this.#add(Math.imul((this.#wordHashes[t - 1] ?? 0) ^ 0x5bd1e995, 0x01000193) ^ hash, t - 1);
      }
      // What a title ends on is mostly what the thing is.
      if (this.tokens[t + 1]?.field !== token.field) this.#add(Math.imul(hash, 0x68e31da5), t);
    }
  }

  #readCharacters(): void {
    for (let t = 0; t < this.tokens.length; t++) {
      const word = this.tokens[t]?.folded ?? '';
      const length = Math.min(word.length, LONGEST_WORD);
      if (length < 2) continue;
      for (let from = -1; from + 3 <= length + 1; from++) {
        let hash = 0x2f0b4c47;
        for (let size = 1; size <= 5 && from + size <= length + 1; size++) {
          const at = from + size - 1;
          const code = at < 0 ? 0x3c : at === length ? 0x3e : word.charCodeAt(at);
          hash = Math.imul(hash ^ code, 0x01000193);
          if (size >= 3) this.#add(hash, t);
        }
      }
    }
  }

  #add(hash: number, owner: number): void {
    // FNV's low bits are its weak ones: mix before cutting to the space.
    let mixed = hash ^ (hash >>> 15);
    mixed = Math.imul(mixed, 0x2c1b3c6d);
    mixed ^= mixed >>> 12;
    const feature = mixed & (FEATURE_SPACE - 1);
    if (this.#stamps[feature] === this.#stamp || this.count === MAX_FEATURES) return;
    this.#stamps[feature] = this.#stamp;
    this.hashes[this.count] = feature;
    this.owners[this.count] = owner;
    this.count++;
  }
}

function isWord(folded: string): boolean {
  const code = folded.charCodeAt(0);
  if (folded.length > 1 || code > 0x7f) return true;
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a);
}
