import type { LiveIndex } from '../../index/liveIndex.js';
import type { QueryWord } from './queryWord.js';

const MIN_CODE_LENGTH = 4;
/** Maximum number of pieces in a code that was typed with spaces. */
const MAX_PIECES = 4;
/**
 * Joined pieces may be a code if one of them may be, or if together they have this many letters and digits.
 */
const LONG_CODE = { letters: 7, digits: 3 };
/** Maximum number of pieces that are examined. */
const MAX_EXAMINED = 40;
const MIN_PART_LENGTH = 4;
const MIN_NUMBER_LENGTH = 6;
const DIGIT = /\d/;

/**
 * Pieces that may be an identifier: the whole query, pieces with a digit, and neighbouring pieces that
 * together are a known identifier (`dv7 1211ea` for dv7-1211ea).
 */
export function codesInQuery(index: LiveIndex, text: string): string[] {
  const pieces = text.split(/\s+/, MAX_EXAMINED);
  const single = pieces.filter((piece) => DIGIT.test(piece) && piece.length >= MIN_CODE_LENGTH);
  const known: string[] = [];
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from + 2; to <= Math.min(pieces.length, from + MAX_PIECES); to++) {
      const joinedPieces = pieces.slice(from, to);
      const code = joinedPieces.join(' ');
      if (looksJoined(joinedPieces) && index.findByIdentifier(code).length > 0) known.push(code);
    }
  }
  return [...new Set([text, ...single, ...known])];
}

function looksJoined(pieces: readonly string[]): boolean {
  if (pieces.some((piece) => DIGIT.test(piece) && piece.length >= MIN_CODE_LENGTH)) return true;
  const letters = pieces.join('').replace(/[^\p{L}\p{N}]/gu, '');
  return letters.length >= LONG_CODE.letters && letters.replace(/\D/g, '').length >= LONG_CODE.digits;
}

/** Marks a word that no product has as a possible part of a code: `006R90` of 006R90321. */
export function asPartOfCode(index: LiveIndex, word: QueryWord): QueryWord {
  const { surface, alternatives } = word;
  if (!DIGIT.test(surface) || surface.length < (/\D/.test(surface) ? MIN_PART_LENGTH : MIN_NUMBER_LENGTH))
    return word;
  const known = alternatives.some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0);
  return known ? word : { ...word, partOfCode: surface };
}
