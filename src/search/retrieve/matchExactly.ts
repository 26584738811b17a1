import { identifierTexts } from '../../index/identifiers/identifierKeys.js';
import { analyzeWords } from '../../index/lexical/analyze.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { isSizeKey } from '../../text/sizes.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';
import type { WordScores } from './bm25f.js';

/**
 * Degrees of certainty that a query names a product: the whole query ranks above a piece of it, an exact
 * spelling above a normalised one.
 */
const DEGREES = {
  id: 5,
  wholeAsWritten: 4,
  /** The same letters and digits in the same order, however they are separated. */
  titleLetters: 3.5,
  wholeOrTitle: 3,
  pieceAsWritten: 2,
  piece: 1,
  /** Below naming a product: a code contains a word of the query. */
  partOfCode: 0.5,
} as const;
/** The minimum degree at which a product counts as named. */
export const NAMED = DEGREES.piece;

/** Titles beyond this number are taken as matched by the number of their words. */
const MAX_TITLES_READ = 200;
/** If more products than this share a code, it names none of them and its spelling is not compared. */
const MAX_COMPARED = 100;

/**
 * Products that the query names by an identifier or by their full title, with the degree of certainty (1 to
 * 5; .5 if only a part of the code was typed). A title matches in full if it and the query have the same words, or
 * exactly the same letters and digits.
 */
export function matchExactly(
  index: LiveIndex,
  understood: UnderstoodQuery,
  words: WordScores,
): ReadonlyMap<number, number> {
  const degrees = new Map<number, number>();
  const raise = (ordinal: number, degree: number): void => {
    if (degree > (degrees.get(ordinal) ?? 0)) degrees.set(ordinal, degree);
  };
  for (const [position, code] of understood.codes.entries()) {
    const found =
      position === 0 ? (understood.whole?.identifierMatches(index) ?? []) : index.findByIdentifier(code);
    for (const ordinal of found) {
      const asWritten = found.length <= MAX_COMPARED && isWritten(index, ordinal, code);
      if (position > 0) raise(ordinal, asWritten ? DEGREES.pieceAsWritten : DEGREES.piece);
      else if (index.idOf(ordinal) === code) raise(ordinal, DEGREES.id);
      else raise(ordinal, asWritten ? DEGREES.wholeAsWritten : DEGREES.wholeOrTitle);
    }
  }
  for (const ordinal of understood.whole?.titleMatches(index) ?? []) raise(ordinal, DEGREES.titleLetters);
  for (const { partOfCode } of understood.words) {
    if (partOfCode?.isName !== true) continue;
    for (const ordinal of partOfCode.products(index)) raise(ordinal, DEGREES.partOfCode);
  }
  const titleLengths = index.lexical.lengths(0);
  const title = new TitleCheck(understood.words);
  let read = 0;
  for (const ordinal of words.matchedOrdinals) {
    if (words.titleWords[ordinal] !== understood.words.length || titleLengths[ordinal] !== understood.length)
      continue;
    if (read++ >= MAX_TITLES_READ || title.isCovered(index.document(ordinal).title ?? ''))
      raise(ordinal, DEGREES.wholeOrTitle);
  }
  return degrees;
}

/** Whether a query has every word of a title: as many words are not enough, `usb c` has not the hub of `USB-C hub`. */
class TitleCheck {
  private readonly whole: ReadonlySet<string>;
  private readonly pieces: ReadonlySet<string>;

  constructor(words: readonly QueryWord[]) {
    this.whole = new Set(words.flatMap(({ alternatives }) => alternatives));
    this.pieces = new Set(words.flatMap(({ alternatives, parts }) => [...alternatives, ...parts]));
  }

  isCovered(title: string): boolean {
    return analyzeWords(title).every(({ alternatives, parts }) => {
      // The number of another size is not this size.
      const known = isSizeKey(alternatives[0] ?? '') ? this.whole : this.pieces;
      const has = (term: string): boolean => known.has(term);
      return alternatives.some(has) || (parts.length > 0 && parts.every(has));
    });
  }
}

function isWritten(index: LiveIndex, ordinal: number, code: string): boolean {
  return index.idOf(ordinal) === code || identifierTexts(index.document(ordinal)).includes(code);
}
