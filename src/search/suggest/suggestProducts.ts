import { termOf } from '../../index/lexical/analyze.js';
import { LEXICAL_FIELDS, type LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { TopK } from '../../structures/topK.js';
import { byId } from '../rank/sortOrder.js';
import type { LeadingWords, WordCompletion } from './completeQuery.js';
import { highlightWords } from './highlightTyped.js';
import { fieldMask, type ProductsWithWords } from './productsWithWords.js';
import { LATER_WORD, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import { isCjk, keyOf, type TypedText } from './typedText.js';

const TITLE = LEXICAL_FIELDS.indexOf('title');
/** The fields that people type to find a particular product. */
const NAME_FIELDS = fieldMask(['title', 'brand', 'identifiers']);
/** Number of extra titles that are read, because variants share theirs. */
const EXTRA = 6;

/**
 * Offers products with all typed words in title, brand or identifiers, the last word as completed. Shortest
 * titles first, because the typed words cover most of them, then by id; among these, titles that begin as
 * typed come first.
 */
export function offerProducts(
  index: LiveIndex,
  products: ProductsWithWords,
  typed: TypedText,
  leading: LeadingWords,
  completions: readonly WordCompletion[],
  max: number,
  best: TopCandidates,
): void {
  const edits = leading.edits + (completions[0]?.edits ?? 0);
  for (const ordinal of shortestTitles(
    index,
    matchingProducts(index, products, typed, leading, completions),
    max + EXTRA,
  )) {
    const { id, title } = index.document(ordinal);
    const text = title === undefined || title.trim() === '' ? id : title.trim();
    const key = keyOf(text);
    const penalty = penaltyOf(edits, 0, `${key} `.startsWith(typed.key) ? 0 : LATER_WORD);
    best.offer({
      kind: 'product',
      text,
      key: key === '' ? `\u0000${text}` : key,
      penalty,
      weight: 0,
      of: id,
      show: () => {
        const whole = new Set(leading.words);
        for (const { word, edits: wrong } of completions) if (wrong > 0) whole.add(word);
        return {
          kind: 'product',
          text,
          id,
          highlights: highlightWords(text, withSameTerms(text, whole), typed.last),
        };
      },
    });
  }
}

function matchingProducts(
  index: LiveIndex,
  products: ProductsWithWords,
  { last }: TypedText,
  { words }: LeadingWords,
  completions: readonly WordCompletion[],
): Bitset {
  if (last === '') return products.withAll(words, NAME_FIELDS);
  if (isCjk(last) && [...last].length > 1) return products.withAll([...words, last], NAME_FIELDS);
  const productsWithLeading = products.withAll(words, NAME_FIELDS);
  const found = new Bitset(productsWithLeading.size);
  for (const { term } of completions) {
    const postings = index.lexical.postings(term);
    if (postings === undefined) continue;
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (((packed[i] ?? 0) & NAME_FIELDS) !== 0 && productsWithLeading.has(ordinal)) found.add(ordinal);
    }
  }
  return found;
}

/** The `max` products with the fewest words in the title, then by id. */
export function shortestTitles(index: LiveIndex, products: Bitset, max: number): readonly number[] {
  const lengths = index.lexical.lengths(TITLE);
  const top = new TopK<number>(max, (a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || byId(index, a, b));
  products.forEach((ordinal) => {
    top.offer(ordinal);
  });
  return top.items;
}

/** Adds the words of the text that have the same index term as one of `words`: `shoes` for `shoe`. */
function withSameTerms(text: string, words: ReadonlySet<string>): ReadonlySet<string> {
  const terms = new Set([...words].map((word) => termOf(word)));
  const sameTerm = keyOf(text)
    .split(' ')
    .filter((word) => terms.has(termOf(word)));
  return new Set([...words, ...sameTerm]);
}
