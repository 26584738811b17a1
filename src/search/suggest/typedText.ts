import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';

const ASCII = /^[\x20-\x7e]*$/;
const APOSTROPHES = /['’‘ʼ]/;
const ALL_APOSTROPHES = new RegExp(APOSTROPHES.source, 'g');
const MARK = /^\p{M}$/u;
const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
const NOT_ALPHANUMERIC_ASCII = /[^a-z0-9]+/g;
const ENDS_WORD = /[^\p{L}\p{N}\p{M}'’‘ʼ]$/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const MAY_BE_CJK = /[\u3000-\u{10ffff}]/u;
const DIGIT = /\p{N}/u;

/** A completion may match at one of this many first words of a text. */
const MAX_STARTS = 8;
const ONE_EDIT_LENGTH = 4;
const TWO_EDITS_LENGTH = 8;
/** Longer texts are completed without edits. */
const MAX_LENGTH_WITH_EDITS = 64;
const foldedLetters = new BoundedCache<string, string>(10_000);

/**
 * The normal form for matching: folded (case, accents, width), without apostrophes, every other sign replaced
 * by a single space, trimmed.
 */
export function keyOf(text: string): string {
  if (!ASCII.test(text)) return keyWithPlaces(text).key;
  return text.toLowerCase().replace(ALL_APOSTROPHES, '').replace(NOT_ALPHANUMERIC_ASCII, ' ').trim();
}

/** The same, with the position in `text` (UTF-16 units) of each unit of the key. */
export function keyWithPlaces(text: string): { key: string; places: number[] } {
  let key = '';
  const places: number[] = [];
  let at = 0;
  let space = -1;
  for (const letter of text) {
    for (const unit of foldLetter(letter).split('')) {
      if (unit === ' ') {
        if (key !== '' && space < 0) space = at;
        continue;
      }
      if (space >= 0) {
        key += ' ';
        places.push(space);
        space = -1;
      }
      key += unit;
      places.push(at);
    }
    at += letter.length;
  }
  return { key, places };
}

function foldLetter(letter: string): string {
  const known = foldedLetters.get(letter);
  if (known !== undefined) return known;
  const folded =
    APOSTROPHES.test(letter) || MARK.test(letter) ? '' : foldLetters(letter).replace(NOT_ALPHANUMERIC, ' ');
  foldedLetters.set(letter, folded);
  return folded;
}

/** Where words begin in a key. Each Chinese or Japanese letter begins a word. */
export function wordStarts(key: string): number[] {
  const starts: number[] = [];
  const cjk = MAY_BE_CJK.test(key);
  for (let i = 0; i < key.length && starts.length < MAX_STARTS; i++) {
    const begins = i === 0 || key[i - 1] === ' ' || (cjk && (isCjk(key[i]) || isCjk(key[i - 1])));
    if (begins && key[i] !== ' ') starts.push(i);
  }
  return starts;
}

export function isCjk(text: string | undefined): boolean {
  return text !== undefined && CJK.test(text);
}

/**
 * Maximum edits in a typed text: none below four letters, one from four, two from eight. Codes, numbers,
 * Chinese and Japanese allow none, because another digit means another thing.
 */
export function allowedEdits(typed: string): number {
  if (typed.length > MAX_LENGTH_WITH_EDITS || DIGIT.test(typed) || isCjk(typed)) return 0;
  const letters = typed.replaceAll(' ', '').length;
  if (letters < ONE_EDIT_LENGTH) return 0;
  return letters < TWO_EDITS_LENGTH ? 1 : 2;
}

/** The parsed text typed so far. */
export interface TypedText {
  /** Its key, with a space at the end if the last word is complete. */
  readonly key: string;
  /** The words before the last one, as keys. */
  readonly earlier: readonly string[];
  /** The half-typed last word as a key; '' after a space. */
  readonly last: string;
  /** The text before the last word as typed, with white space collapsed. */
  readonly head: string;
}

export function readTypedText(text: string): TypedText {
  const { key, places } = keyWithPlaces(text);
  const words = key === '' ? [] : key.split(' ');
  const isComplete = key !== '' && ENDS_WORD.test(text);
  const last = isComplete ? '' : (words.pop() ?? '');
  const headEnd = last === '' ? text.length : (places[key.length - last.length] ?? 0);
  return {
    key: isComplete ? `${key} ` : key,
    earlier: words,
    last,
    head: text.slice(0, headEnd).replace(/\s+/g, ' ').trimStart(),
  };
}

/** A code typed in pieces (`kx-44`) as one word; undefined for other texts. */
export function readCode({ key, earlier }: TypedText): TypedText | undefined {
  if (earlier.length === 0 || key.endsWith(' ') || !DIGIT.test(key)) return undefined;
  const last = key.replaceAll(' ', '');
  return { key, earlier: [], last, head: '' };
}
