import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';
import { canonicalDigits } from '../../text/numbers.js';
import { stem } from '../../text/stem.js';

/**
 * The role of a term in its token. The token `dv7-1211ea` gives the joined term `dv71211ea`, the parts `dv7`
 * and `1211ea`, and the atoms `dv`, `7`, `1211`, `ea` of parts that mix letters and digits. A token without
 * separators that mixes them, such as `8gb`, is joined, with the parts `8` and `gb`. Every other token is a
 * word.
 */
export type TermRole = 'word' | 'joined' | 'part' | 'atom';

export interface Term {
  /** Looked up in the index: folded and stemmed. */
  readonly text: string;
  /** As written, only folded. */
  readonly word: string;
  readonly role: TermRole;
  /** Number of the term's token, from 0. A token matches by its joined term, or by all of its parts. */
  readonly token: number;
}

/** A term without its position, as cached for each distinct token. */
export interface TokenTerm {
  readonly text: string;
  readonly word: string;
  readonly role: TermRole;
}

const COMPOUND = /[\p{L}\p{N}]+(?:(?:[-‐‑‒–./_'’+&]|,(?=(?:\d{2},)*\d{3}(?!\d)))[\p{L}\p{N}]+)*/gu;
const JOINER = /[-‐‑‒–./_'’+&,]/u;
const JOINERS = new RegExp(JOINER.source, 'gu');
const POSSESSIVE = /['’]s$/u;
const NUMBER = /^\d+(?:(?:,\d{2})*,\d{3})?(?:,\d{3})*(?:\.\d+)?$/;
const MEASURE = /^(\d+\.\d+)-?(\p{L}+)$/u;
const TWO_ATOMS = /^(?:(\p{N}+)(\p{L}+)|(\p{L}+)(\p{N}+))$/u;
const SIZES = /^(\d+)x(\d+)(?:x(\d+))?$/;
const LETTERS = /^\p{L}+$/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const CJK_RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;
// NFKD would expand them: `Core™2` to `coretm2`.
const TRADE_MARKS = /[™®©℠]/g;
const ASCII = /^[\x20-\x7e]*$/;

const MAX_TERM_LENGTH = 60;
const CACHE_LIMIT = 100_000;

/** Caches the terms of each token, by language. */
const caches = new Map<string, BoundedCache<string, readonly TokenTerm[]>>();

/**
 * The terms of a text, in order: folded, tokenised, and stemmed if `language` is `en`. Tokens that mix
 * letters and digits give several terms (see TermRole); Chinese and Japanese runs give bigrams. There are no
 * stop words.
 */
export function analyze(text: string, language = 'en'): Term[] {
  const terms: Term[] = [];
  let token = 0;
  forEachToken(text, language, (group) => {
    for (const term of group) terms.push({ ...term, token });
    token++;
  });
  return terms;
}

/** A token and its terms: a product matches if it has any of `alternatives`, or all of `parts`. */
export interface AnalyzedWord {
  /** As written, folded. */
  readonly surface: string;
  /** Terms that stand for the whole token; none for a Chinese or Japanese run. */
  readonly alternatives: readonly string[];
  /** Terms of the token's pieces, in order; none for a plain word. */
  readonly parts: readonly string[];
}

/** The tokens of a text, in order. */
export function analyzeWords(text: string, language = 'en'): AnalyzedWord[] {
  const words: AnalyzedWord[] = [];
  forEachToken(text, language, (terms) => {
    words.push({
      surface: terms[0]?.word ?? '',
      alternatives: terms.filter(({ role }) => role === 'word' || role === 'joined').map(({ text }) => text),
      parts: terms.filter(({ role }) => role === 'part').map(({ text }) => text),
    });
  });
  return words;
}

/** The term that a single word is indexed under; the word itself if it has none. */
export function termOf(word: string, language = 'en'): string {
  let term: string | undefined;
  forEachToken(word, language, (terms) => {
    term ??= terms[0]?.text;
  });
  return term ?? word;
}

/** Visits the terms of each token without building a list of all terms. The visited lists are read only. */
export function forEachToken(
  text: string,
  language: string,
  visit: (terms: readonly TokenTerm[]) => void,
): void {
  forEachTokenOf(foldLetters(withoutTradeMarks(text)), language, visit);
}

/** The text with spaces for trade marks, and otherwise as long. */
export function withoutTradeMarks(text: string): string {
  return ASCII.test(text) ? text : text.replace(TRADE_MARKS, ' ');
}

/** As `forEachToken`, for a text that is folded already; `start` and `end` are the place of the token in it. */
export function forEachTokenOf(
  folded: string,
  language: string,
  visit: (terms: readonly TokenTerm[], start: number, end: number) => void,
): void {
  const cache = cacheOf(language);
  for (const match of folded.matchAll(COMPOUND)) {
    const token = match[0];
    let terms = cache.get(token);
    if (terms === undefined) {
      terms = CJK.test(token) ? bigrams(token, language) : distinct(termsOf(token, language));
      if (token.length <= MAX_TERM_LENGTH) cache.set(token, terms);
    }
    if (terms.length > 0) visit(terms, match.index, match.index + token.length);
  }
}

function cacheOf(language: string): BoundedCache<string, readonly TokenTerm[]> {
  const known = caches.get(language);
  if (known !== undefined) return known;
  const cache = new BoundedCache<string, readonly TokenTerm[]>(CACHE_LIMIT);
  caches.set(language, cache);
  return cache;
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
 * Each pair of adjacent letters of a Chinese or Japanese run is a term, counted as often as it occurs because
 * a run can be a whole sentence. Other runs of the token are analysed as usual.
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
    if (letters.length === 1) terms.push(part(run, run));
    for (let i = 1; i < letters.length; i++) {
      const pair = `${letters[i - 1] ?? ''}${letters[i] ?? ''}`;
      terms.push(part(pair, pair));
    }
  }
  return terms;
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
