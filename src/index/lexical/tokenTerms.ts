import { foldLetters } from '../../text/fold.js';
import { canonicalDigits } from '../../text/numbers.js';
import type { FoundSize } from '../../text/sizes.js';
import { stem } from '../../text/stem.js';

/**
 * The role of a term in its token. The token `dv7-1211ea` gives the joined term `dv71211ea`, the parts `dv7`
 * and `1211ea`, and the atoms `dv`, `7`, `1211`, `ea` of parts that mix letters and digits. A token without
 * separators that mixes them, such as `mp3`, is joined, with the parts `mp` and `3`. A size such as `27 in` is one
 * token: its key (see findSizes), its part `27`, and its unit `in`. Every other token is a word.
 */
export type TermRole = 'word' | 'size' | 'joined' | 'part' | 'unit' | 'atom';

/** A term without its position, as cached for each distinct token. */
export interface TokenTerm {
  readonly text: string;
  readonly word: string;
  readonly role: TermRole;
}

export const COMPOUND = /[\p{L}\p{N}]+(?:(?:[-‐‑‒–./_'’+&]|,(?=(?:\d{2},)*\d{3}(?!\d)))[\p{L}\p{N}]+)*/gu;
/** The same with the signs of `.NET`, `C#`, `C++`, `8+`, and emoji; slower, for texts that may have some. */
export const COMPOUND_WITH_SIGNS = new RegExp(
  [
    /(?<![\p{L}\p{N}.])\.\p{L}{2,5}(?![\p{L}\p{N}.@])/u,
    /(?<![\p{L}\p{N}])\p{L}#(?![\p{L}\p{N}])/u,
    new RegExp(`${COMPOUND.source}(?:\\+\\+(?!\\p{L})|\\+(?![\\p{L}\\p{N}+]))?`, 'u'),
    /\p{Regional_Indicator}{2}|(?![©®™])\p{Extended_Pictographic}/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);
export const HAS_SIGNS = /[#+]|(?<![\p{L}\p{N}.])\.\p{L}|\p{Regional_Indicator}|\p{Extended_Pictographic}/u;
const SIGNS_AFTER = /[#+]+$/;
const EMOJI = /^(?:\p{Regional_Indicator}|\p{Extended_Pictographic})/u;
/** Consonants that stand alone are also indexed apart from those in compounds: C is not the c of USB-C. */
const CONSONANT = /^[bcdfghj-np-tvwxz]$/;
const JOINER = /[-‐‑‒–./_'’+&,]/u;
const JOINERS = new RegExp(JOINER.source, 'gu');
const POSSESSIVE = /['’]s$/u;
const NUMBER = /^\d+(?:(?:,\d{2})*,\d{3})?(?:,\d{3})*(?:\.\d+)?$/;
const MEASURE = /^(\d+\.\d+)-?(\p{L}+)$/u;
const TWO_ATOMS = /^(?:(\p{N}+)(\p{L}+)|(\p{L}+)(\p{N}+))$/u;
const SIZES = /^(\d+)x(\d+)(?:x(\d+))?$/;
const LETTERS = /^\p{L}+$/u;
const HAN_OR_KANA = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー';
const CJK = new RegExp(`[${HAN_OR_KANA}]`, 'u');
const CJK_RUNS = new RegExp(`[${HAN_OR_KANA}]+|[^${HAN_OR_KANA}]+`, 'gu');
const HANGUL_WORD = /^\p{Script=Hangul}+$/u;
const KATAKANA = /[\u30a1-\u30f6]/g;
/** From a katakana letter to the hiragana of the same sound. */
const TO_HIRAGANA = 0x60;

export const MAX_TERM_LENGTH = 60;

/** The key first; then the numbers, and what was written, so that it is found as before. */
export function termsOfSize(size: FoundSize, written: string, language: string): TokenTerm[] {
  return distinct(sizeTerms(size, written, language));
}

function sizeTerms(size: FoundSize, written: string, language: string): TokenTerm[] {
  const { kind, key, numbers, dimensions, unitText, isLength, isFraction } = size;
  const folded = foldLetters(written);
  const terms: TokenTerm[] = [];
  const add = (text: string, role: TermRole, word = folded): number => terms.push({ text, word, role });
  // A fraction's digits are no numbers.
  const pieces = isFraction ? [] : plainTerms(folded, language);
  if (kind === 'number') {
    add(numbers[0] ?? '', 'word');
    for (const { text, word } of pieces.flat()) add(text, 'part', word);
    return terms;
  }
  if (key !== undefined) add(key, 'size');
  if (kind === 'dimensions') add(numbers.join('x'), 'joined');
  else if (pieces.length === 1)
    for (const { text, role } of pieces[0] ?? []) if (role === 'joined') add(text, role);
  for (const number of numbers) add(number, 'part', number);
  for (const { text, word } of plainTerms(foldLetters(unitText), language).flat())
    add(text, isLength || kind === 'dimensions' ? 'unit' : 'part', word);
  for (const dimension of dimensions) add(dimension, 'atom');
  for (const { text, word } of pieces.flat()) add(text, 'atom', word);
  return terms;
}

/** The terms of each token of a folded text. */
function plainTerms(folded: string, language: string): TokenTerm[][] {
  return [...folded.matchAll(COMPOUND)].map(([token]) => termsOf(token, language));
}

/** The terms of a token that COMPOUND or COMPOUND_WITH_SIGNS found in a folded text. */
export function termsOfToken(token: string, language: string): TokenTerm[] {
  return CJK.test(token) ? bigrams(token, language) : distinct(termsOfWord(token, language));
}

function termsOfWord(token: string, language: string): TokenTerm[] {
  if (CONSONANT.test(token)) return [{ text: `${token}.`, word: token, role: 'word' }, part(token, token)];
  if (EMOJI.test(token)) return [{ text: token, word: token, role: 'word' }];
  if (HANGUL_WORD.test(token)) return syllables(token);
  const signs = SIGNS_AFTER.exec(token)?.[0] ?? (token.startsWith('.') ? '.' : '');
  if (signs === '') return termsOf(token, language);
  const joined: TokenTerm = { text: token, word: token, role: 'joined' };
  const base = signs === '.' ? token.slice(1) : token.slice(0, -signs.length);
  // C# is not C; but Disney+ is Disney.
  if (base.length === 1 && LETTERS.test(base)) return [{ ...joined, role: 'word' }];
  const others = termsOf(base, language).map((term): TokenTerm => {
    const isPiece = term.role === 'part' || term.role === 'atom';
    return { ...term, role: isPiece ? 'atom' : 'part' };
  });
  return [joined, ...others];
}

/** A Korean word, each pair of its syllables, and each syllable. */
function syllables(token: string): TokenTerm[] {
  const whole = token.normalize('NFC');
  const letters = [...whole];
  const terms: TokenTerm[] = [{ text: whole, word: token, role: letters.length > 2 ? 'joined' : 'word' }];
  if (letters.length > 2) for (const pair of pairsOf(letters)) terms.push(part(pair, pair));
  for (const letter of letters) terms.push({ text: letter, word: letter, role: 'atom' });
  return terms;
}

function termsOf(compound: string, language: string): TokenTerm[] {
  const token = compound.replace(POSSESSIVE, '');
  const number = NUMBER.test(token) ? canonicalDigits(token) : undefined;
  if (number !== undefined) return [term(number, 'word', language)];
  if (!JOINER.test(token)) {
    const atoms = atomsOf(token);
    if (atoms.length < 2) return [term(token, 'word', language)];
    return [term(token, 'joined', language), ...atoms.map((atom) => term(atom, 'part', language))];
  }
  const measure = MEASURE.exec(token);
  if (measure !== null) {
    const [, written = '', unit = ''] = measure;
    const value = canonicalDigits(written) ?? written;
    return [
      term(value + unit, 'joined', language),
      term(value, 'part', language),
      term(unit, 'part', language),
    ];
  }
  const terms: TokenTerm[] = [term(token.replace(JOINERS, ''), 'joined', language)];
  const parts = token.split(JOINERS).filter((part) => part !== '');
  for (const part of parts) {
    terms.push(term(part, 'part', language));
    for (const atom of atomsOf(part)) terms.push(term(atom, 'atom', language));
  }
  return terms;
}

/** `8gb` → 8, gb; `dv7` → dv, 7; `10x20` → 10, 20; none if letters and digits alternate more often. */
function atomsOf(token: string): string[] {
  const found = TWO_ATOMS.exec(token) ?? SIZES.exec(token);
  return found === null ? [] : found.slice(1).filter((atom) => atom !== undefined);
}

function term(word: string, role: TermRole, language: string): TokenTerm {
  const stemmed = language === 'en' && word.length > 2 && LETTERS.test(word) ? stem(word) : word;
  return { text: stemmed, word, role };
}

/**
 * Each pair of adjacent letters of a Chinese or Japanese run is a term, and each letter, counted as often as it occurs
 * because a run can be a whole sentence. Katakana are read as hiragana. Other runs of the token are analysed as usual.
 */
function bigrams(token: string, language: string): TokenTerm[] {
  const terms: TokenTerm[] = [];
  for (const [run] of token.replace(JOINERS, ' ').matchAll(CJK_RUNS)) {
    if (!CJK.test(run)) {
      for (const piece of run.split(' ')) {
        if (piece !== '')
          terms.push(...distinct(termsOf(piece, language)).map(({ text, word }) => part(text, word)));
      }
      continue;
    }
    const letters = [...run];
    const read = [...run.replace(KATAKANA, hiragana)];
    const last = letters.length - 1;
    if (last === 0) terms.push(part(read[0] ?? '', run));
    for (let i = 0; i < last; i++)
      terms.push(part(`${read[i]}${read[i + 1]}`, `${letters[i]}${letters[i + 1]}`));
    for (let i = 0; last > 0 && i <= last; i++)
      terms.push({ text: read[i] ?? '', word: letters[i] ?? '', role: 'atom' });
  }
  return terms;
}

function pairsOf(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, place) => `${letters[place] ?? ''}${letter}`);
}

function hiragana(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - TO_HIRAGANA);
}

function part(text: string, word: string): TokenTerm {
  return { text, word, role: 'part' };
}

/** Each term once, without those that are too long. */
function distinct(terms: readonly TokenTerm[]): TokenTerm[] {
  const seen = new Set<string>();
  return terms.filter(
    ({ text }) => text.length <= MAX_TERM_LENGTH && text !== '' && !seen.has(text) && seen.add(text),
  );
}
