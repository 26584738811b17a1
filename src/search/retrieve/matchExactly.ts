import { identifierTexts } from '../../index/identifiers/identifierKeys.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import { MAX_CODES, type WordScores } from './bm25f.js';

/** How surely a query names a product, the surest highest: the whole query before a piece, letter before spelling. */
const DEGREES = {
  id: 5,
  wholeToTheLetter: 4,
  /** Its letters in their order, however they are parted. */
  titleToTheLetter: 3.5,
  wholeOrTitle: 3,
  pieceToTheLetter: 2,
  piece: 1,
  /** Less than being named: a code holds a word of the query. */
  partOfCode: 0.5,
} as const;
/** From this degree on a product is named. */
export const NAMED = DEGREES.piece;

/** A code that more products share names none of them, so its spelling is not worth the reading. */
const MAX_READ = 100;

/**
 * The products that the query names, by an identifier or by their full title, each with its degree (1 to 5; .5
 * where only a part of its code was typed).
 * A title is full where it has every word of the query and as many words as were typed, or just its letters and
 * digits, however they are parted.
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
  for (const [place, code] of understood.codes.entries()) {
    const found =
      place === 0 ? (understood.whole?.identifierMatches(index) ?? []) : index.findByIdentifier(code);
    for (const ordinal of found) {
      const toTheLetter = found.length <= MAX_READ && isWritten(index, ordinal, code);
      if (place > 0) raise(ordinal, toTheLetter ? DEGREES.pieceToTheLetter : DEGREES.piece);
      else if (index.idOf(ordinal) === code) raise(ordinal, DEGREES.id);
      else raise(ordinal, toTheLetter ? DEGREES.wholeToTheLetter : DEGREES.wholeOrTitle);
    }
  }
  for (const ordinal of understood.whole?.titleMatches(index) ?? []) raise(ordinal, DEGREES.titleToTheLetter);
  for (const { partOfCode } of understood.words) {
    if (partOfCode === undefined) continue;
    for (const ordinal of index.findByIdentifierPart(partOfCode, MAX_CODES))
      raise(ordinal, DEGREES.partOfCode);
  }
  const titleLengths = index.lexical.lengths(0);
  for (const ordinal of words.touched) {
    if (words.titleWords[ordinal] === understood.words.length && titleLengths[ordinal] === understood.length)
      raise(ordinal, DEGREES.wholeOrTitle);
  }
  return degrees;
}

function isWritten(index: LiveIndex, ordinal: number, code: string): boolean {
  return index.idOf(ordinal) === code || identifierTexts(index.document(ordinal)).includes(code);
}
