import type { LiveIndex } from '../../../index/liveIndex.js';
import { foldLetters } from '../../../text/fold.js';
import type { Token } from '../../../text/tokens.js';
import { NEGATIONS_BEFORE } from '../../filter/negationWords.js';
import { parseFilter } from '../../filter/parseFilter.js';
import {
  containsAdjacent,
  productsAffirming,
  productsContaining,
  readPhrase,
  TEXT_FIELD,
} from '../../filter/textFilter.js';
import type { Query } from '../query.js';
import type { Interpretation } from './interpretation.js';
import { PhraseMatcher } from './phraseMatcher.js';
import type { Span } from './readValues.js';
import { writeCondition } from './writeFilter.js';

const negations = new PhraseMatcher(
  NEGATIONS_BEFORE.map(({ words, weak }) => [words, weak === true] as const),
);

/** Words between a negation and its object. */
const ARTICLES = new Set(
  'a an any the of for my your added extra ein eine einen einem den der die das für un une des du les le la los las el para pour uno una il lo um uma een de het en ett et den'.split(
    ' ',
  ),
);
/** Words that end the negated phrase. */
const STOPS = new Set(
  'with and or but for in on from to by at under over below above mit und oder aber für in von zu avec et ou mais pour dans con y o pero para en e ma per com mas met of maar voor med och eller men'.split(
    ' ',
  ),
);
/** Whether the word only connects others. */
export function isFunctionWord(word: string): boolean {
  const folded = foldLetters(word);
  return ARTICLES.has(folded) || STOPS.has(folded);
}

const WORD = /^\p{L}[\p{L}\p{M}'’]*$/u;
const MAX_WORDS = 4;
/** Number of titles examined to see whether two words belong together. */
const MAX_TITLES = 20;
/** If this share of the products with a word negate it, the negation is a name: `no show socks`. */
const NAME_SHARE = 0.5;

/**
 * Negations in a query: `without sugar`, `-case`, `no hood`. Products that mention the phrase are excluded,
 * unless they negate it themselves. A query that consists of negations only has none.
 */
export function readNegations(
  { text: query, tokens: run }: Query,
  index: LiveIndex,
  taken: readonly Span[],
): Interpretation[] {
  const interpretations: Interpretation[] = [];
  for (let at = 0; at < run.length; ) {
    const read = overlaps(run[at], taken)
      ? undefined
      : (readDash(query, index, run, at) ?? readNegationWord(query, index, run, at));
    if (read !== undefined) interpretations.push(read.interpretation);
    at = read?.next ?? at + 1;
  }
  const rest = run.filter(
    (token) => WORD.test(token.folded) && !overlaps(token, taken) && !overlaps(token, interpretations),
  );
  return rest.length === 0 ? [] : interpretations;
}

/** Words that may be negated in a way that the products have to show; see `isName`. */
export function wordsAfterWeakNegations({ tokens: run }: Query): string[] {
  return run.flatMap((_, at) => {
    const negation = negations.at(run, at);
    if (negation?.meaning !== true) return [];
    const object = run.slice(negation.next).find(({ folded }) => !ARTICLES.has(folded));
    return object === undefined || !isContentWord(object) ? [] : [object.folded];
  });
}

function overlaps(token: Token | undefined, spans: readonly Span[]): boolean {
  return token !== undefined && spans.some(({ start, end }) => start < token.end && token.start < end);
}

/** `-case`: the dash comes first or after a space, and a letter follows it directly. */
function readDash(
  query: string,
  index: LiveIndex,
  run: readonly Token[],
  at: number,
): { interpretation: Interpretation; next: number } | undefined {
  const [dash, word, before, after] = [run[at], run[at + 1], run[at - 1], run[at + 2]];
  if (dash?.folded !== '-' || word === undefined || word.start !== dash.end || !WORD.test(word.folded))
    return undefined;
  if (after !== undefined && after.start === word.end) return undefined;
  if (before !== undefined) {
    const joined = before.folded + word.folded;
    if (before.end === dash.start || index.lexical.wordDocuments(joined) > 0) return undefined;
  }
  return createNegation(query, dash.start, [word], at + 2);
}

function readNegationWord(
  query: string,
  index: LiveIndex,
  run: readonly Token[],
  at: number,
): { interpretation: Interpretation; next: number } | undefined {
  const negation = negations.at(run, at);
  if (negation === undefined || run[at - 1]?.end === run[at]?.start) return undefined;
  let from = negation.next;
  if (run[from]?.start === run[from - 1]?.end) return undefined;
  while (ARTICLES.has(run[from]?.folded ?? '')) from++;
  const first = run[from];
  if (first === undefined || !isContentWord(first)) return undefined;
  const weak = negation.meaning;
  if (weak && isName(index, first.folded)) return undefined;
  const words = [first];
  for (let next = from + 1; !weak && words.length < MAX_WORDS; next++) {
    const word = run[next];
    if (word === undefined || !isContentWord(word) || !belongsToPhrase(index, words, word)) break;
    words.push(word);
  }
  if (words.length === 1 && first.folded.length < 2) return undefined;
  return createNegation(query, run[at]?.start ?? 0, words, from + words.length);
}

function isContentWord({ folded }: Token): boolean {
  return WORD.test(folded) && !STOPS.has(folded);
}

/** No product has the word, or most of those that do negate it. */
function isName(index: LiveIndex, word: string): boolean {
  const phrase = readPhrase(word);
  const containing = productsContaining(index, phrase).and(index.aliveSet()).count();
  return (
    containing === 0 ||
    productsAffirming(index, phrase).and(index.aliveSet()).count() <= NAME_SHARE * containing
  );
}

/**
 * Whether the next word belongs to the phrase: the catalog has them side by side, or does not know the
 * phrase.
 */
function belongsToPhrase(index: LiveIndex, words: readonly Token[], next: Token): boolean {
  const phraseText = words.map(({ folded }) => folded).join(' ');
  if (productsContaining(index, readPhrase(phraseText)).count() === 0) return true;
  const phrase = readPhrase(`${phraseText} ${next.folded}`);
  const containingBoth = productsContaining(index, phrase).and(index.aliveSet()).toArray();
  return containingBoth
    .subarray(0, MAX_TITLES)
    .some((ordinal) => containsAdjacent(index.document(ordinal), phrase));
}

function createNegation(
  query: string,
  start: number,
  words: readonly Token[],
  next: number,
): { interpretation: Interpretation; next: number } | undefined {
  const missing = words.map(({ folded }) => folded).join(' ');
  const filter = writeCondition(TEXT_FIELD, '!=', missing);
  if (filter === undefined) return undefined;
  const end = words.at(-1)?.end ?? start;
  const text = query.slice(start, end);
  return {
    interpretation: {
      text,
      start,
      end,
      filter,
      parsed: parseFilter(filter),
      strict: true,
      certainty: 1,
      consumesWords: true,
      missing: readPhrase(missing),
    },
    next,
  };
}
