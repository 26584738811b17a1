import type { LiveIndex } from '../../../index/liveIndex.js';
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

const deniers = new PhraseMatcher(NEGATIONS_BEFORE.map(({ words, weak }) => [words, weak === true] as const));

/** Between a denier and what it denies; the thing itself is none of these. */
const ARTICLES = new Set(
  'a an any the of for my your added extra ein eine einen einem den der die das für un une des du les le la los las el para pour uno una il lo um uma een de het en ett et den'.split(
    ' ',
  ),
);
/** Where what is denied ends. */
const STOPS = new Set(
  'with and or but for in on from to by at under over below above mit und oder aber für in von zu avec et ou mais pour dans con y o pero para en e ma per com mas met of maar voor med och eller men'.split(
    ' ',
  ),
);
const WORD = /^\p{L}[\p{L}\p{M}'’]*$/u;
const MAX_WORDS = 4;
/** So many titles are read to see whether two words belong together. */
const READ = 20;
/** Where so many of those that say a word say it to deny it, the denial is a name: `no show socks`. */
const A_NAME = 0.5;

/**
 * What a query does not want: `without sugar`, `-case`, `no hood`. Products that say it are taken out, those that
 * say that they are without it are not. Nothing else may be left to search for where a query only denies.
 */
export function readNegations(
  { text: query, tokens: run }: Query,
  index: LiveIndex,
  taken: readonly Span[],
): Interpretation[] {
  const senses: Interpretation[] = [];
  for (let at = 0; at < run.length; ) {
    const read = isTaken(run[at], taken)
      ? undefined
      : (dashed(query, index, run, at) ?? spoken(query, index, run, at));
    if (read !== undefined) senses.push(read.sense);
    at = read?.next ?? at + 1;
  }
  const rest = run.filter(
    (token) => WORD.test(token.folded) && !isTaken(token, taken) && !isTaken(token, senses),
  );
  return rest.length === 0 ? [] : senses;
}

function isTaken(token: Token | undefined, spans: readonly Span[]): boolean {
  return token !== undefined && spans.some(({ start, end }) => start < token.end && token.start < end);
}

/** `-case`: a space or nothing before the dash, a letter right behind it. */
function dashed(
  query: string,
  index: LiveIndex,
  run: readonly Token[],
  at: number,
): { sense: Interpretation; next: number } | undefined {
  const [dash, word, before, behind] = [run[at], run[at + 1], run[at - 1], run[at + 2]];
  if (dash?.folded !== '-' || word === undefined || word.start !== dash.end || !WORD.test(word.folded))
    return undefined;
  if (behind !== undefined && behind.start === word.end) return undefined;
  if (before !== undefined) {
    const joined = before.folded + word.folded;
    if (before.end === dash.start || index.lexical.wordDocuments(joined) > 0) return undefined;
  }
  return made(query, dash.start, [word], at + 2);
}

function spoken(
  query: string,
  index: LiveIndex,
  run: readonly Token[],
  at: number,
): { sense: Interpretation; next: number } | undefined {
  const denier = deniers.at(run, at);
  if (denier === undefined || run[at - 1]?.end === run[at]?.start) return undefined;
  let from = denier.next;
  if (run[from]?.start === run[from - 1]?.end) return undefined;
  while (ARTICLES.has(run[from]?.folded ?? '')) from++;
  const first = run[from];
  if (first === undefined || !isThing(first)) return undefined;
  const weak = denier.meaning;
  if (weak && isName(index, first.folded)) return undefined;
  const words = [first];
  for (let next = from + 1; !weak && words.length < MAX_WORDS; next++) {
    const word = run[next];
    if (word === undefined || !isThing(word) || !belongs(index, words, word)) break;
    words.push(word);
  }
  if (words.length === 1 && first.folded.length < 2) return undefined;
  return made(query, run[at]?.start ?? 0, words, from + words.length);
}

function isThing({ folded }: Token): boolean {
  return WORD.test(folded) && !STOPS.has(folded);
}

/** Nobody has it, or those that say it mostly say that they are without. */
function isName(index: LiveIndex, word: string): boolean {
  const phrase = readPhrase(word);
  const having = productsContaining(index, phrase).and(index.aliveSet()).count();
  return having === 0 || productsAffirming(index, phrase).and(index.aliveSet()).count() <= A_NAME * having;
}

/** Whether the next word belongs to the thing: the catalog says them side by side, or does not know the thing. */
function belongs(index: LiveIndex, words: readonly Token[], next: Token): boolean {
  const said = words.map(({ folded }) => folded).join(' ');
  if (productsContaining(index, readPhrase(said)).count() === 0) return true;
  const phrase = readPhrase(`${said} ${next.folded}`);
  const both = productsContaining(index, phrase).and(index.aliveSet()).toArray();
  return both.subarray(0, READ).some((ordinal) => containsAdjacent(index.document(ordinal), phrase));
}

function made(
  query: string,
  start: number,
  words: readonly Token[],
  next: number,
): { sense: Interpretation; next: number } | undefined {
  const missing = words.map(({ folded }) => folded).join(' ');
  const filter = writeCondition(TEXT_FIELD, '!=', missing);
  if (filter === undefined) return undefined;
  const end = words.at(-1)?.end ?? start;
  const text = query.slice(start, end);
  return {
    sense: {
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
