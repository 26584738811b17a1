import { termOf } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { CatalogWords } from './catalogWords.js';
import { highlightWords } from './highlightTyped.js';
import { ANY_FIELD, type ProductsWithWords } from './productsWithWords.js';
import { GENERATED, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import { allowedEdits, isCjk, keyOf, type TypedText } from './typedText.js';

/** Maximum number of completions of the last word, most products first. */
const MAX_COMPLETIONS = 64;
/** Maximum number of codes and numbers that complete a last word with a digit. */
const MAX_CODES = 16;
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;

/** A completion of the last word; `term` is its index term. */
export interface WordCompletion {
  readonly word: string;
  readonly term: string;
  readonly edits: number;
}

/** The words before the last one as products write them, corrected if no product has them. */
export interface LeadingWords {
  readonly words: readonly string[];
  readonly head: string;
  readonly edits: number;
}

/** Undefined if a word before the last is unknown and no known word is near. */
export function readLeadingWords(
  typed: TypedText,
  products: ProductsWithWords,
  words: CatalogWords,
): LeadingWords | undefined {
  let edits = 0;
  const corrected: string[] = [];
  for (const word of typed.earlier) {
    if (products.mayOccur(word)) {
      corrected.push(word);
      continue;
    }
    const allowed = allowedEdits(word);
    const near = allowed === 0 ? undefined : words.nearest(word, allowed);
    if (near === undefined) return undefined;
    edits += near.edits;
    corrected.push(near.word);
  }
  return { words: corrected, head: edits === 0 ? typed.head : `${corrected.join(' ')} `, edits };
}

/** Words that begin with the last typed one: most products first, one per term. */
export function completeLastWord(typed: TypedText, index: LiveIndex, words: CatalogWords): WordCompletion[] {
  const { last } = typed;
  // A single letter begins every second word; in Chinese and Japanese, where words are pairs, it is half a
  // word.
  if (last === '' || (isCjk(last) && [...last].length > 1)) return [];
  const completions = words.completing(last, MAX_COMPLETIONS).map(({ word }) => word);
  const codes = DIGIT.test(last) ? index.lexical.terms(last, MAX_CODES) : [];
  return ofDistinctTerms([...completions, ...codes].map((word) => ({ word, edits: 0 })));
}

/** The same for a misspelt last word. */
export function completeMistypedWord({ last }: TypedText, words: CatalogWords): WordCompletion[] {
  const edits = allowedEdits(last);
  return edits === 0 ? [] : ofDistinctTerms(words.nearlyCompleting(last, edits, MAX_COMPLETIONS));
}

function ofDistinctTerms(words: readonly { word: string; edits: number }[]): WordCompletion[] {
  const seen = new Set<string>();
  return words.flatMap(({ word, edits }) => {
    const term = termOf(word);
    if (seen.has(term)) return [];
    seen.add(term);
    return [{ word, term, edits }];
  });
}

/** Offers queries of the typed words and each completion that some product has together. */
export function offerCompletions(
  index: LiveIndex,
  products: ProductsWithWords,
  typed: TypedText,
  leading: LeadingWords,
  completions: readonly WordCompletion[],
  best: TopCandidates,
): void {
  const productsWithLeading =
    leading.words.length === 0 ? undefined : products.withAll(leading.words, ANY_FIELD);
  for (const { word, term, edits } of completions) {
    // A lone number is not a query yet.
    if (productsWithLeading === undefined && !LETTER.test(word)) continue;
    const postings = index.lexical.postings(term);
    if (postings === undefined) continue;
    const weight =
      productsWithLeading === undefined
        ? postings.documents
        : countIn(postings.ordinals, productsWithLeading);
    const text = leading.head + word;
    const penalty = penaltyOf(leading.edits + edits, GENERATED, 0);
    if (weight === 0 || !best.admits({ penalty, weight, text, of: '' })) continue;
    const whole = new Set(leading.words);
    best.offer({
      kind: 'query',
      text,
      key: keyOf(text),
      penalty,
      weight,
      of: '',
      show: () => ({
        kind: 'query',
        text,
        count: weight,
        highlights: highlightWords(text, edits === 0 ? whole : new Set([...whole, word]), typed.last),
      }),
    });
  }
}

function countIn(ordinals: Uint32Array, set: Bitset): number {
  let count = 0;
  for (const ordinal of ordinals) if (set.has(ordinal)) count++;
  return count;
}
