import type { Product } from '../../domain/product.js';
import { ValueRules } from '../columns/valueRules.js';
import { LEXICAL_FIELDS, TF_BITS, TF_MAX } from '../liveIndex.js';
import { forEachToken } from './analyze.js';
import { forEachText } from './indexedText.js';
import type { TokenTerm } from './tokenTerms.js';

/** What one product contributes to the lexical index. */
export interface ProductTerms {
  /** Term → term frequencies by field, packed (see TF_BITS). */
  readonly terms: Map<string, number>;
  /** Distinct words as written that contain a letter, without those of identifiers. */
  readonly words: Set<string>;
  /** Number of tokens by field, at most 65,535. */
  readonly lengths: number[];
}

const IDENTIFIERS = LEXICAL_FIELDS.indexOf('identifiers');
const HAS_LETTER = /\p{L}/u;

/**
 * Counts a product's terms, those of canonical values included. Pure: the product gives the same counts before and after a JSON round trip.
 */
export function countTerms(
  product: Product,
  rules: ValueRules = ValueRules.NONE,
  language = 'en',
): ProductTerms {
  const terms = new Map<string, number>();
  const words = new Set<string>();
  const lengths = LEXICAL_FIELDS.map(() => 0);
  forEachText(product, rules, (field, text) => {
    const shift = field * TF_BITS;
    let length = 0;
    const visit = (group: readonly TokenTerm[]): void => {
      // A token that begins with a part is a Chinese or Japanese run; each pair counts as a word.
      length += group[0]?.role === 'part' ? group.filter(({ role }) => role === 'part').length : 1;
      for (const { text: term, word, role } of group) {
        if (field === IDENTIFIERS) {
          // Pieces of a code match by chance: 42 occurs in thousands of codes.
          if (role === 'atom' || (role === 'part' && word.length < 3)) continue;
        } else if (role !== 'atom' && role !== 'size' && HAS_LETTER.test(word)) words.add(word);
        const packed = terms.get(term) ?? 0;
        if (((packed >>> shift) & TF_MAX) < TF_MAX) terms.set(term, packed + (1 << shift));
      }
    };
    // `8x1.25` in a code is no size.
    forEachToken(text, language, visit, field !== IDENTIFIERS);
    lengths[field] = Math.min((lengths[field] ?? 0) + length, 0xffff);
  });
  return { terms, words, lengths };
}
