import type { LiveIndex } from '../../index/liveIndex.js';
import { isSizeKey } from '../../text/sizes.js';
import { CodeFragment } from './codeFragment.js';
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
/** A shorter fragment occurs by chance; so does a shorter number, because codes are mostly digits. */
const MIN_PART_LENGTH = 4;
const MIN_NUMBER_LENGTH = 6;
const MAX_JOINED = 24;
/** Maximum number of scans of all codes for one query. */
const MAX_SCANS = 8;
const DIGIT = /\d/;
const DECIMAL = /^\d+\.\d+$/;
/** At least three digits. */
const MIXED_DIGITS = /\d\D*\d\D*\d/;
const ALPHANUMERIC = /^[\p{L}\p{N}]+$/u;

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

/** Gives each word that may be a part of a code the codes with it: `006R90` those of 006R90321. */
export function withCodes(index: LiveIndex, words: readonly QueryWord[]): QueryWord[] {
  let scans = 0;
  const expanded = words.map((word) => {
    // `7700.12` may be a code of two pieces.
    const text = DECIMAL.test(word.surface) ? word.surface.replace('.', '') : word.surface;
    if (!isFragment(text, word.parts.length > 0) || scans >= MAX_SCANS) return word;
    scans++;
    const known = word.alternatives.some((term) => (index.lexical.postings(term)?.documents ?? 0) > 0);
    const isName = !known || (words.length === 1 && !isSizeKey(word.alternatives[0] ?? ''));
    return { ...word, partOfCode: new CodeFragment(text, isName) };
  });
  for (let from = 0; from + 1 < words.length && scans < MAX_SCANS; from++) {
    for (const length of [3, 2]) {
      const span = expanded.slice(from, from + length);
      const joined = span.map(({ surface }) => surface).join('');
      if (span.length < length || !span.every(isFree) || !isLongFragment(joined) || scans >= MAX_SCANS)
        continue;
      scans++;
      const fragment = new CodeFragment(joined, false);
      if (fragment.products(index).length === 0) continue;
      for (let i = from; i < from + length; i++) {
        const word = expanded[i];
        if (word !== undefined) expanded[i] = { ...word, partOfCode: fragment };
      }
      break;
    }
  }
  return expanded;
}

function isFragment(text: string, hasPieces: boolean): boolean {
  // Digits with a separator between them are a code more often than a plain number is.
  const minDigits = hasPieces ? MIN_NUMBER_LENGTH - 1 : MIN_NUMBER_LENGTH;
  const min = /\D/.test(text) ? MIN_PART_LENGTH : minDigits;
  return DIGIT.test(text) && text.length >= min && ALPHANUMERIC.test(text);
}

/** A piece of a code that was typed with spaces. */
function isFree({ surface, partOfCode }: QueryWord): boolean {
  return (partOfCode === undefined || !partOfCode.isName) && ALPHANUMERIC.test(surface);
}

function isLongFragment(joined: string): boolean {
  const min = /\D/.test(joined) ? MIN_NUMBER_LENGTH - 1 : MIN_NUMBER_LENGTH;
  return joined.length >= min && joined.length <= MAX_JOINED && MIXED_DIGITS.test(joined);
}
