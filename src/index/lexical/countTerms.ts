import type { Product } from '../../domain/product.js';
import { LEXICAL_FIELDS, TF_BITS, TF_MAX } from '../liveIndex.js';
import { forEachToken } from './analyze.js';
import { forEachText } from './indexedText.js';

/** What one product adds to the lexical index. */
export interface ProductTerms {
  /** Term → term frequencies by field, packed (see TF_BITS). */
  readonly terms: Map<string, number>;
  /** Distinct words as written that have a letter, those of identifiers left out. */
  readonly words: Set<string>;
  /** Tokens by field, at most 65,535. */
  readonly lengths: number[];
}

const IDENTIFIERS = LEXICAL_FIELDS.indexOf('identifiers');
const HAS_LETTER = /\p{L}/u;

/** Counts a product's terms. Pure: the same product gives the same tally, before and after JSON. */
export function countTerms(product: Product, language = 'en'): ProductTerms {
  const terms = new Map<string, number>();
  const words = new Set<string>();
  const lengths = LEXICAL_FIELDS.map(() => 0);
  forEachText(product, (field, text) => {
    const shift = field * TF_BITS;
    let length = 0;
    forEachToken(text, language, (group) => {
      // A token of parts alone is a run of Chinese or Japanese, of which each pair stands for a word.
      length += group[0]?.role === 'part' ? group.length : 1;
      for (const { text: term, word, role } of group) {
        if (field === IDENTIFIERS) {
          // Pieces of a code match by chance: 42 is in a thousand of them.
          if (role === 'atom' || (role === 'part' && word.length < 3)) continue;
        } else if (role !== 'atom' && HAS_LETTER.test(word)) words.add(word);
        const packed = terms.get(term) ?? 0;
        if (((packed >>> shift) & TF_MAX) < TF_MAX) terms.set(term, packed + (1 << shift));
      }
    });
    lengths[field] = Math.min((lengths[field] ?? 0) + length, 0xffff);
  });
  return { terms, words, lengths };
}
