import { identifierTexts } from '../../index/identifiers/identifierKeys.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import { MAX_CODES, type WordScores } from './bm25f.js';

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

/** If more products than this share a code, it names none of them and its spelling is not compared. */
const MAX_COMPARED = 100;

/**
 * Products that the query names by an identifier or by their full title, with the degree of certainty (1 to
 * 5; .5 if only a part of the code was typed). A title matches in full if it has every word of the query and
 * as many words, or exactly the query's letters and digits.
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
    if (partOfCode === undefined) continue;
    for (const ordinal of index.findByIdentifierPart(partOfCode, MAX_CODES))
      raise(ordinal, DEGREES.partOfCode);
  }
  const titleLengths = index.lexical.lengths(0);
  for (const ordinal of words.matchedOrdinals) {
    if (words.titleWords[ordinal] === understood.words.length && titleLengths[ordinal] === understood.length)
      raise(ordinal, DEGREES.wholeOrTitle);
  }
  return degrees;
}

function isWritten(index: LiveIndex, ordinal: number, code: string): boolean {
  return index.idOf(ordinal) === code || identifierTexts(index.document(ordinal)).includes(code);
}
