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
/** What a person who means one product types of it. */
const NAMING = fieldMask(['title', 'brand', 'identifiers']);
/** Titles are read for few more than are listed: variants share theirs. */
const SPARE = 6;

/**
 * Offers products that have all typed words in title, brand or identifiers, the last one as an ending: those with
 * the shortest titles, of which the typed words say most, then by id; of these, titles that begin as typed first.
 */
export function offerProducts(
  index: LiveIndex,
  holders: ProductsWithWords,
  typed: TypedText,
  beginning: LeadingWords,
  endings: readonly WordCompletion[],
  max: number,
  best: TopCandidates,
): void {
  const edits = beginning.edits + (endings[0]?.edits ?? 0);
  for (const ordinal of chosen(index, matching(index, holders, typed, beginning, endings), max + SPARE)) {
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
        const whole = new Set(beginning.words);
        for (const { word, edits: wrong } of endings) if (wrong > 0) whole.add(word);
        return {
          kind: 'product',
          text,
          id,
          highlights: highlightWords(text, withKin(text, whole), typed.last),
        };
      },
    });
  }
}

function matching(
  index: LiveIndex,
  holders: ProductsWithWords,
  { last }: TypedText,
  { words }: LeadingWords,
  endings: readonly WordCompletion[],
): Bitset {
  if (last === '') return holders.of(words, NAMING);
  if (isCjk(last) && [...last].length > 1) return holders.of([...words, last], NAMING);
  const together = holders.of(words, NAMING);
  const found = new Bitset(together.size);
  for (const { term } of endings) {
    const postings = index.lexical.postings(term);
    if (postings === undefined) continue;
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (((packed[i] ?? 0) & NAMING) !== 0 && together.has(ordinal)) found.add(ordinal);
    }
  }
  return found;
}

/** The `most` with the fewest words in the title, then by id. */
function chosen(index: LiveIndex, matching: Bitset, max: number): readonly number[] {
  const lengths = index.lexical.lengths(TITLE);
  const top = new TopK<number>(max, (a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || byId(index, a, b));
  matching.forEach((ordinal) => {
    top.offer(ordinal);
  });
  return top.items;
}

/** With the words of the text that products are found under by one of `words`: `shoes` by `shoe`. */
function withKin(text: string, words: ReadonlySet<string>): ReadonlySet<string> {
  const terms = new Set([...words].map((word) => termOf(word)));
  const kin = keyOf(text)
    .split(' ')
    .filter((word) => terms.has(termOf(word)));
  return new Set([...words, ...kin]);
}
