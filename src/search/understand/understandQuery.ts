import type { AnalyzedWord } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { foldLetters } from '../../text/fold.js';
import { inflections } from '../../text/stem.js';
import type { CatalogConcepts } from '../concepts/catalogConcepts.js';
import { codesInQuery, withCodes } from './codesInQuery.js';
import { compound } from './compounds.js';
import { type Correction, correctSpelling } from './correctSpelling.js';
import type { Query } from './query.js';
import { type QueryWord, withOthers } from './queryWord.js';
import { addRelatedNouns } from './relatedNouns.js';
import { addSynonyms, NO_SYNONYMS, type Synonyms } from './synonyms.js';

export type { QueryWord } from './queryWord.js';

export interface UnderstoodQuery {
  /** The distinct words, in order of first occurrence. */
  readonly words: readonly QueryWord[];
  /** The query as typed, for look-ups of the whole text; undefined if there is nothing to look up. */
  readonly whole?: Query | undefined;
  /**
   * Number of tokens as typed, repeated ones included, counted like the length of a field; 0 if a word was
   * completed.
   */
  readonly length: number;
  /**
   * The text to embed: spelling corrected, a half-typed last word completed. Empty if there is nothing to
   * search.
   */
  readonly meaning: string;
  /** Pieces that may be an identifier, the whole query first. */
  readonly codes: readonly string[];
  /** True for an empty query, which matches every product. */
  readonly everything: boolean;
  /** Corrected words, each pair once. */
  readonly corrections: readonly Correction[];
  /** Synonyms that were added, as `sofa → couch`. */
  readonly synonyms: readonly string[];
  /** Related nouns that were added, as `settee → sofa`. */
  readonly related?: readonly string[] | undefined;
}

/** Score of another inflection relative to the word as typed; esci and icecat are flat from .3 to .9. */
const INFLECTION_WEIGHT = 0.6;
/** Further words add nothing; the rest of a very long query is represented by its vector. */
const MAX_WORDS = 32;
/** Maximum number of completions of a half-typed word. */
const MAX_COMPLETIONS = 12;
const PIECE = /[\p{L}\p{M}]+/gu;
const PAIR = /[\p{L}\p{M}]+\s+[\p{L}\p{M}]+/gu;
const HAS_WORD = /[\p{L}\p{N}]/u;

export interface UnderstandOptions {
  /** Whether to correct spelling. */
  readonly correct: boolean;
  readonly synonyms?: Synonyms | undefined;
  /** Whole words of the transformer: words that are spelled correctly, whether the catalog has them or not. */
  readonly vocabulary?: ReadonlySet<string> | undefined;
  /** What the categories hold: finds what is called otherwise in the catalog. */
  readonly concepts?: CatalogConcepts | undefined;
}

/** Interprets a query with the catalog's words. Signs without a letter or digit match nothing. */
export function understandQuery(
  index: LiveIndex,
  query: Query,
  options: UnderstandOptions = { correct: true },
): UnderstoodQuery {
  const text = query.text.trim();
  if (!HAS_WORD.test(text) && query.words.length === 0) {
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
  const typedWords = query.words;
  const words: QueryWord[] = [];
  const places = new Map<string, number>();
  let lastPlace = -1;
  for (const word of typedWords) {
    const key = word.alternatives.join(' ') + word.parts.join(' ');
    lastPlace = places.get(key) ?? places.size;
    if (lastPlace === places.size) places.set(key, lastPlace);
    if (lastPlace === words.length && lastPlace < MAX_WORDS) words.push(word);
  }
  for (const [place, word] of withCodes(index, words).entries()) words[place] = withInflections(index, word);
  const completed =
    options.concepts?.holds(text) === true ? undefined : completeLastWord(index, text, words[lastPlace]);
  if (completed !== undefined) words[lastPlace] = completed.word;
  const codes = codesInQuery(index, text);
  const meaning = completed?.meaning ?? text;
  const settledPlaces = new Set(completed === undefined ? [] : [lastPlace]);
  const { words: corrected, corrections } =
    options.correct && query.identifierMatches(index).length === 0
      ? correctWords(index, words, settledPlaces, query, options)
      : { words, corrections: [] };
  const { words: withSynonyms, applied: appliedSynonyms } = addSynonyms(
    index,
    corrected,
    options.synonyms ?? NO_SYNONYMS,
  );
  const meant = corrections.reduce(applyCorrection, meaning);
  const related = addRelatedNouns(index, withSynonyms, meant, options.concepts);
  return {
    words: related.words,
    whole: query,
    length: completed === undefined ? lengthOf(typedWords) : 0,
    meaning: meant,
    codes,
    everything: false,
    corrections,
    synonyms: appliedSynonyms,
    ...(related.applied.length > 0 && { related: related.applied }),
  };
}

/** Adds other inflections of the word; the form as typed weighs more. */
function withInflections(index: LiveIndex, word: QueryWord): QueryWord {
  if (word.parts.length > 0 || word.alternatives.length !== 1) return word;
  const forms = inflections(word.surface).filter(
    (term) => (index.lexical.postings(term)?.documents ?? 0) > 0,
  );
  return withOthers(
    word,
    forms.map((term) => ({ terms: [term], weight: INFLECTION_WEIGHT })),
  );
}

/** Compounds first: words that the catalog writes joined or separately are not misspelt. */
function correctWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  settledPlaces: ReadonlySet<number>,
  query: Query,
  { vocabulary, concepts }: UnderstandOptions,
): { words: readonly QueryWord[]; corrections: readonly Correction[] } {
  const compounded = compound(index, words, query);
  const corrected = correctSpelling(
    index,
    compounded.words,
    new Set([...settledPlaces, ...compounded.settled]),
    { has: (word) => vocabulary?.has(word) === true || concepts?.nouns.has(word) === true },
  );
  return {
    words: corrected.words,
    corrections: [...compounded.corrections, ...corrected.corrections],
  };
}

/** Replaces a word, or a pair of words, by its correction. */
function applyCorrection(text: string, { typed, read }: Correction): string {
  const words = typed.split(' ').length;
  const pattern = words === 1 ? PIECE : PAIR;
  return text.replace(pattern, (match) => (foldLetters(match).replace(/\s+/g, ' ') === typed ? read : match));
}

/** Counted as the lexical index does: each pair of a Chinese or Japanese run counts. */
function lengthOf(words: readonly AnalyzedWord[]): number {
  return words.reduce(
    (sum, { alternatives, parts }) => sum + (alternatives.length > 0 ? 1 : parts.length),
    0,
  );
}

/** The last word is half-typed if no product has it and the text ends with it. */
function completeLastWord(
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
