import type { LiveIndex } from '../../index/liveIndex.js';
import type { QueryWord } from './queryWord.js';

const SHORTEST_CODE = 4;
/** A code whose pieces were parted by spaces has no more of them than this. */
const MAX_PIECES = 4;
/** Joined pieces are a code where one of them might be by itself, or all have so many signs and digits. */
const LONG_CODE = { signs: 7, digits: 3 };
/** Pieces beyond are not looked at. */
const MAX_READ = 40;
const SHORTEST_PART = 4;
const SHORTEST_NUMBER = 6;
const DIGIT = /\d/;

/**
 * Pieces that may be a product's identifier: the whole query, pieces with a digit, and neighbouring pieces that
 * together are a known one (`dv7 1211ea` for dv7-1211ea).
 */
export function codesInQuery(index: LiveIndex, text: string): string[] {
  const pieces = text.split(/\s+/, MAX_READ);
  const single = pieces.filter((piece) => DIGIT.test(piece) && piece.length >= SHORTEST_CODE);
  const joined: string[] = [];
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from + 2; to <= Math.min(pieces.length, from + MAX_PIECES); to++) {
      const several = pieces.slice(from, to);
      const code = several.join(' ');
      if (looksJoined(several) && index.findByIdentifier(code).length > 0) joined.push(code);
    }
  }
  return [...new Set([text, ...single, ...joined])];
}

function looksJoined(pieces: readonly string[]): boolean {
  if (pieces.some((piece) => DIGIT.test(piece) && piece.length >= SHORTEST_CODE)) return true;
  const signs = pieces.join('').replace(/[^\p{L}\p{N}]/gu, '');
  return signs.length >= LONG_CODE.signs && signs.replace(/\D/g, '').length >= LONG_CODE.digits;
}

/** The word with its being a part of a code, where no product has it as a word: `006R90` of 006R90321. */
export function asPartOfCode(index: LiveIndex, word: QueryWord): QueryWord {
  const { surface, alternatives } = word;
  if (!DIGIT.test(surface) || surface.length < (/\D/.test(surface) ? SHORTEST_PART : SHORTEST_NUMBER))
    return word;
  const known = alternatives.some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0);
  return known ? word : { ...word, partOfCode: surface };
}
