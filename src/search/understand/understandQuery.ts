import type { AnalyzedWord } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { foldLetters } from '../../text/fold.js';
import { inflections } from '../../text/stem.js';
import { asPartOfCode, codesInQuery } from './codesInQuery.js';
import { compound } from './compounds.js';
import { type Correction, correctSpelling } from './correctSpelling.js';
import type { Query } from './query.js';
import { type QueryWord, withOthers } from './queryWord.js';
import { addSynonyms, NO_SYNONYMS, type Synonyms } from './synonyms.js';

export type { QueryWord } from './queryWord.js';

export interface UnderstoodQuery {
  /** The distinct words, in the order of their first use. */
  readonly words: readonly QueryWord[];
  /** The query as typed, for look-ups of all of it; undefined where there is nothing to look up. */
  readonly whole?: Query | undefined;
  /** Tokens as typed, repeated ones too, counted as a field's length is; 0 where a word was completed. */
  readonly length: number;
  /** What the query is embedded as: its text corrected, a half-typed last word completed. '' for nothing to search. */
  readonly meaning: string;
  /** Pieces that may be a product's identifier, the whole query first. */
  readonly codes: readonly string[];
  /** Nothing was asked for, so every product is meant. */
  readonly everything: boolean;
  /** Words that were read as others; the same pair once. */
  readonly corrections: readonly Correction[];
  /** Synonyms that were looked for too, `sofa → couch`. */
  readonly synonyms: readonly string[];
}

/** What another inflection scores beside the word as typed; esci and icecat are flat from .3 to .9. */
const INFLECTED = 0.6;
/** More words than this say no more; the rest of a very long query is left to its vector. */
const MAX_WORDS = 32;
/** A half-typed word stands for at most this many completions. */
const MAX_COMPLETIONS = 12;
const PIECE = /[\p{L}\p{M}]+/gu;
const PAIR = /[\p{L}\p{M}]+\s+[\p{L}\p{M}]+/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

export interface UnderstandOptions {
  /** Whether mistyped words are mended. */
  readonly correct: boolean;
  readonly synonyms?: Synonyms | undefined;
}

/** Reads a query against the words that the catalog knows. Signs without a letter or digit ask for nothing there is. */
export function understandQuery(
  index: LiveIndex,
  query: Query,
  reading: UnderstandOptions = { correct: true },
): UnderstoodQuery {
  const text = query.text.trim();
  if (!SAYS_SOMETHING.test(text)) {
    return {
      words: [],
      length: 0,
      meaning: '',
      codes: [],
      everything: text === '',
      corrections: [],
      synonyms: [],
    };
  }
  const typed = query.words;
  const words: QueryWord[] = [];
  const places = new Map<string, number>();
  let last = -1;
  for (const word of typed) {
    const key = word.alternatives.join(' ') + word.parts.join(' ');
    last = places.get(key) ?? places.size;
    if (last === places.size) places.set(key, last);
    if (last === words.length && last < MAX_WORDS) words.push(word);
  }
  for (const [place, word] of words.entries()) words[place] = asPartOfCode(index, inflected(index, word));
  const completed = completion(index, text, words[last]);
  if (completed !== undefined) words[last] = completed.word;
  const codes = codesInQuery(index, text);
  const meaning = completed?.meaning ?? text;
  const settled = new Set(completed === undefined ? [] : [last]);
  const { words: read, corrections } =
    reading.correct && query.identifierMatches(index).length === 0
      ? correctWords(index, words, settled, query)
      : { words, corrections: [] };
  const { words: all, applied } = addSynonyms(index, read, reading.synonyms ?? NO_SYNONYMS);
  return {
    words: all,
    whole: query,
    length: completed === undefined ? lengthOf(typed) : 0,
    meaning: corrections.reduce(replaced, meaning),
    codes,
    everything: false,
    corrections,
    synonyms: applied,
  };
}

/** The word with its other inflections: what is written just so weighs more. */
function inflected(index: LiveIndex, word: QueryWord): QueryWord {
  if (word.parts.length > 0 || word.alternatives.length !== 1) return word;
  const forms = inflections(word.surface).filter(
    (term) => (index.lexical.postings(term)?.documents ?? 0) > 0,
  );
  return withOthers(
    word,
    forms.map((term) => ({ terms: [term], weight: INFLECTED })),
  );
}

/** Compounds first: words that the catalog writes as one or as two are not mistyped. */
function correctWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  settled: ReadonlySet<number>,
  query: Query,
): { words: readonly QueryWord[]; corrections: readonly Correction[] } {
  const compounded = compound(index, words, query);
  const corrected = correctSpelling(index, compounded.words, new Set([...settled, ...compounded.settled]));
  return {
    words: corrected.words,
    corrections: [...compounded.corrections, ...corrected.corrections],
  };
}

/** The text with each such word, or pair of words, read as it is meant. */
function replaced(text: string, { typed, read }: Correction): string {
  const words = typed.split(' ').length;
  const piece = words === 1 ? PIECE : PAIR;
  return text.replace(piece, (found) => (foldLetters(found).replace(/\s+/g, ' ') === typed ? read : found));
}

/** As the lexical index counts a field's tokens: of a Chinese or Japanese run each pair counts. */
function lengthOf(typed: readonly AnalyzedWord[]): number {
  return typed.reduce(
    (sum, { alternatives, parts }) => sum + (alternatives.length > 0 ? 1 : parts.length),
    0,
  );
}

/** The last word is still being typed where no product has it and nothing but letters stands behind it. */
function completion(
  index: LiveIndex,
  text: string,
  last: QueryWord | undefined,
): { word: QueryWord; meaning: string } | undefined {
  if (last === undefined || last.parts.length > 0 || last.surface.length < 2) return undefined;
  if (!/[\p{L}\p{N}]$/u.test(text)) return undefined;
  if (last.alternatives.some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0)) return undefined;
  const completions = index.lexical.words(last.surface, MAX_COMPLETIONS);
  const best = completions[0];
  if (best === undefined) return undefined;
  const typed = /[\p{L}\p{M}\p{N}]+$/u.exec(text)?.[0] ?? '';
  return {
    word: { ...last, alternatives: [...new Set(completions.map(({ term }) => term))] },
    meaning: text.slice(0, text.length - typed.length) + best.word,
  };
}
