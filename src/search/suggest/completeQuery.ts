import { termOf } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import type { CatalogWords } from './catalogWords.js';
import { highlightWords } from './highlightTyped.js';
import { ANY_FIELD, type ProductsWithWords } from './productsWithWords.js';
import { GENERATED, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import { allowedEdits, isCjk, keyOf, type TypedText } from './typedText.js';

/** The last word is completed by at most this many words, those of most products. */
const COMPLETING = 64;
/** Terms of codes and numbers that a last word with a digit may become. */
const COMPLETING_CODES = 16;
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;

/** A way to end the typed text: by a word of the catalog, looked up as `term`. */
export interface WordCompletion {
  readonly word: string;
  readonly term: string;
  readonly edits: number;
}

/** The words before the last one as products write them, mended where none has them. */
export interface LeadingWords {
  readonly words: readonly string[];
  readonly head: string;
  readonly edits: number;
}

/** Undefined where a word before the last is unknown to the catalog, and nothing known is near. */
export function readLeadingWords(
  typed: TypedText,
  holders: ProductsWithWords,
  words: CatalogWords,
): LeadingWords | undefined {
  let edits = 0;
  const recovered: string[] = [];
  for (const word of typed.earlier) {
    if (holders.known(word)) {
      recovered.push(word);
      continue;
    }
    const allowed = allowedEdits(word);
    const near = allowed === 0 ? undefined : words.nearest(word, allowed);
    if (near === undefined) return undefined;
    edits += near.edits;
    recovered.push(near.word);
  }
  return { words: recovered, head: edits === 0 ? typed.head : `${recovered.join(' ')} `, edits };
}

/** Words that the last typed one begins, those of most products first; one a term. */
export function completeLastWord(typed: TypedText, index: LiveIndex, words: CatalogWords): WordCompletion[] {
  const { last } = typed;
  // A single letter begins everything; of Chinese and Japanese, where pairs are words, it is half of one.
  if (last === '' || (isCjk(last) && [...last].length > 1)) return [];
  const found = words.completing(last, COMPLETING).map(({ word }) => word);
  const codes = DIGIT.test(last) ? index.lexical.terms(last, COMPLETING_CODES) : [];
  return ofDistinctTerms([...found, ...codes].map((word) => ({ word, edits: 0 })));
}

/** The same with a mistyped last word. */
export function completeMistypedWord({ last }: TypedText, words: CatalogWords): WordCompletion[] {
  const edits = allowedEdits(last);
  return edits === 0 ? [] : ofDistinctTerms(words.nearlyCompleting(last, edits, COMPLETING));
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

/** Offers queries of the typed words and each ending that some product has together with them. */
export function offerCompletions(
  index: LiveIndex,
  holders: ProductsWithWords,
  typed: TypedText,
  beginning: LeadingWords,
  endings: readonly WordCompletion[],
  best: TopCandidates,
): void {
  const together = beginning.words.length === 0 ? undefined : holders.of(beginning.words, ANY_FIELD);
  for (const { word, term, edits } of endings) {
    // A lone number is not yet a query.
    if (together === undefined && !LETTER.test(word)) continue;
    const postings = index.lexical.postings(term);
    if (postings === undefined) continue;
    const weight = together === undefined ? postings.documents : countTogether(postings.ordinals, together);
    const text = beginning.head + word;
    const penalty = penaltyOf(beginning.edits + edits, GENERATED, 0);
    if (weight === 0 || !best.admits({ penalty, weight, text, of: '' })) continue;
    const whole = new Set(beginning.words);
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

function countTogether(ordinals: Uint32Array, together: Bitset): number {
  let count = 0;
  for (const ordinal of ordinals) if (together.has(ordinal)) count++;
  return count;
}
