import { analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { findSizes } from '../../text/sizes.js';
import { highlightWords, type Span } from './highlightTyped.js';
import { LATER_WORD, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import { shortestTitles } from './suggestProducts.js';
import { keyOf, type TypedText } from './typedText.js';

const DIGIT = /\p{N}/u;
/** Completions of a half-typed last word. */
const MAX_WORDS = 64;

/**
 * Offers products with all typed words, numbers and sizes read as searches read them: `elbow 1.25` finds the title
 * `Elbow 1 1/4 in`.
 */
export function offerSizes(
  index: LiveIndex,
  q: string,
  typed: TypedText,
  max: number,
  best: TopCandidates,
): void {
  if (!DIGIT.test(q.normalize('NFKD'))) return;
  const found = withAllWords(index, q, typed.last !== '');
  if (found === undefined) return;
  const numbers = new Set(findSizes(q).flatMap(sizeKeys));
  for (const ordinal of shortestTitles(index, found, max)) {
    const { id, title } = index.document(ordinal);
    const text = title?.trim() ?? '';
    if (text === '') continue;
    best.offer({
      kind: 'product',
      text,
      key: keyOf(text),
      penalty: penaltyOf(0, 0, LATER_WORD),
      weight: 0,
      of: id,
      show: () => ({ kind: 'product', text, id, highlights: highlightSizes(text, typed, numbers) }),
    });
  }
}

function withAllWords(index: LiveIndex, q: string, isLastOpen: boolean): Bitset | undefined {
  const words = analyzeWords(q);
  let left: Bitset | undefined;
  for (const [place, { surface, alternatives, parts }] of words.entries()) {
    const isOpen = isLastOpen && place === words.length - 1 && !DIGIT.test(surface);
    const completions = isOpen ? index.lexical.words(surface, MAX_WORDS).map(({ term }) => term) : [];
    const found = new Bitset(index.size);
    for (const term of [...alternatives, ...completions]) found.or(productsWith(index, term));
    const [first, ...others] = parts;
    if (first !== undefined)
      found.or(others.reduce((set, term) => set.and(productsWith(index, term)), productsWith(index, first)));
    left = left === undefined ? found : left.and(found);
  }
  return left?.and(index.aliveSet());
}

function productsWith(index: LiveIndex, term: string): Bitset {
  return Bitset.of(index.size, index.lexical.postings(term)?.ordinals ?? []);
}

/** What a size is highlighted by: itself in any unit, or its numbers. */
function sizeKeys({ key, numbers }: { key: string | undefined; numbers: readonly string[] }): string[] {
  return [...(key === undefined ? [] : [key]), numbers.join('x')];
}

function highlightSizes(text: string, { earlier, last }: TypedText, typed: ReadonlySet<string>): Span[] {
  const sizes = findSizes(text).filter((size) => sizeKeys(size).some((key) => typed.has(key)));
  const words = highlightWords(text, new Set(earlier), last).filter(([start, end]) =>
    sizes.every((size) => end <= size.start || size.end <= start),
  );
  return [...words, ...sizes.map(({ start, end }): Span => [start, end])].sort(([a], [b]) => a - b);
}
