import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';

const ASCII = /^[\x20-\x7e]*$/;
const APOSTROPHES = /['’‘ʼ]/;
const ALL_APOSTROPHES = new RegExp(APOSTROPHES.source, 'g');
const MARK = /^\p{M}$/u;
const NOT_SPOKEN = /[^\p{L}\p{N}]+/gu;
const NOT_SPOKEN_ASCII = /[^a-z0-9]+/g;
const SEPARATED = /[^\p{L}\p{N}\p{M}'’‘ʼ]$/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const MAY_BE_CJK = /[\u3000-\u{10ffff}]/u;
const DIGIT = /\p{N}/u;

/** A completion may begin at one of this many first words of a text. */
const MAX_STARTS = 8;
const ONE_EDIT_FROM = 4;
const TWO_EDITS_FROM = 8;
/** Nobody mistypes a whole paragraph letter by letter; longer text is completed as it stands. */
const LONGEST_MISTYPED = 64;
const foldedLetters = new BoundedCache<string, string>(10_000);

/**
 * The form in which what is typed and what completes it meet: folded (case, accents, width), apostrophes dropped,
 * everything else that is no letter or digit a single space, none at either end.
 */
export function keyOf(text: string): string {
  if (!ASCII.test(text)) return keyWithPlaces(text).key;
  return text.toLowerCase().replace(ALL_APOSTROPHES, '').replace(NOT_SPOKEN_ASCII, ' ').trim();
}

/** The same, with the place in `text` (UTF-16 units) that each unit of the key came from. */
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
    APOSTROPHES.test(letter) || MARK.test(letter) ? '' : foldLetters(letter).replace(NOT_SPOKEN, ' ');
  foldedLetters.set(letter, folded);
  return folded;
}

/** Where words begin in a key; Chinese and Japanese write none apart, so each of their letters begins one. */
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
 * How many letters of typed text may be wrong: none below four letters, one from four, two from eight. Codes,
 * numbers and Chinese or Japanese are taken as they stand: another digit there is another thing.
 */
export function allowedEdits(typed: string): number {
  if (typed.length > LONGEST_MISTYPED || DIGIT.test(typed) || isCjk(typed)) return 0;
  const letters = typed.replaceAll(' ', '').length;
  if (letters < ONE_EDIT_FROM) return 0;
  return letters < TWO_EDITS_FROM ? 1 : 2;
}

/** What has been typed so far, taken apart. */
export interface TypedText {
  /** Its key; with a space at the end where the last word is done. */
  readonly key: string;
  /** The words before the last one, as keys. */
  readonly earlier: readonly string[];
  /** The half-typed last word as a key; '' after a space. */
  readonly last: string;
  /** The text before the last word as it was typed, white space collapsed. */
  readonly head: string;
}

export function readTypedText(text: string): TypedText {
  const { key, places } = keyWithPlaces(text);
  const words = key === '' ? [] : key.split(' ');
  const done = key !== '' && SEPARATED.test(text);
  const last = done ? '' : (words.pop() ?? '');
  const headEnd = last === '' ? text.length : (places[key.length - last.length] ?? 0);
  return {
    key: done ? `${key} ` : key,
    earlier: words,
    last,
    head: text.slice(0, headEnd).replace(/\s+/g, ' ').trimStart(),
  };
}

/** A code typed in pieces (`kx-44`) as the one word that products may write it as; undefined for other text. */
export function readCode({ key, earlier }: TypedText): TypedText | undefined {
  if (earlier.length === 0 || key.endsWith(' ') || !DIGIT.test(key)) return undefined;
  const last = key.replaceAll(' ', '');
  return { key, earlier: [], last, head: '' };
}
