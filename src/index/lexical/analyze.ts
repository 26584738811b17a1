import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';
import { findSizes } from '../../text/sizes.js';
import {
  COMPOUND,
  COMPOUND_WITH_SIGNS,
  HAS_SIGNS,
  MAX_TERM_LENGTH,
  type TermRole,
  type TokenTerm,
  termsOfSize,
  termsOfToken,
} from './tokenTerms.js';

export interface Term {
  /** Looked up in the index: folded and stemmed. */
  readonly text: string;
  /** As written, only folded. */
  readonly word: string;
  readonly role: TermRole;
  /** Number of the term's token, from 0. A token matches by its key or joined term, or by all of its parts. */
  readonly token: number;
}

// NFKD would expand them: `Core™2` to `coretm2`.
const TRADE_MARKS = /[™®©℠]/g;
const ASCII = /^[\x20-\x7e]*$/;
const CACHE_LIMIT = 100_000;

/** Caches the terms of each token and of each size as written, by language. */
interface TermCaches {
  readonly tokens: BoundedCache<string, readonly TokenTerm[]>;
  readonly sizes: BoundedCache<string, readonly TokenTerm[]>;
}
const caches = new Map<string, TermCaches>();

/**
 * The terms of a text, in order: folded, tokenised, and stemmed if `language` is `en`. Tokens that mix
 * letters and digits give several terms (see TermRole), as do sizes; Chinese and Japanese runs give bigrams and single
 * characters. There are no stop words.
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

/**
 * A token and its terms: a product matches if it has any of `alternatives`, or all of `parts`. The first alternative is
 * the same for all notations of a token.
 */
export interface AnalyzedWord {
  /** As written, folded. */
  readonly surface: string;
  /** Terms that stand for the whole token; none for a Chinese or Japanese run. */
  readonly alternatives: readonly string[];
  /** Terms of the token's pieces, in order; none for a plain word. */
  readonly parts: readonly string[];
}

const STANDS_FOR_TOKEN: ReadonlySet<TermRole> = new Set(['word', 'size', 'joined']);

/** The tokens of a text, in order. */
export function analyzeWords(text: string, language = 'en'): AnalyzedWord[] {
  const words: AnalyzedWord[] = [];
  forEachToken(text, language, (terms) => {
    words.push({
      surface: terms[0]?.word ?? '',
      alternatives: terms.filter(({ role }) => STANDS_FOR_TOKEN.has(role)).map(({ text }) => text),
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

/**
 * Visits the terms of each token without building a list of all terms. The visited lists are read only. `withSizes`:
 * whether to look for sizes; not in a code.
 */
export function forEachToken(
  text: string,
  language: string,
  visit: (terms: readonly TokenTerm[]) => void,
  withSizes = true,
): void {
  const { tokens, sizes } = cachesOf(language);
  let at = 0;
  for (const size of withSizes ? findSizes(text) : []) {
    forEachCompound(text.slice(at, size.start), language, tokens, visit);
    const written = text.slice(size.start, size.end);
    let terms = sizes.get(written);
    if (terms === undefined) {
      terms = termsOfSize(size, written, language);
      if (written.length <= MAX_TERM_LENGTH) sizes.set(written, terms);
    }
    if (terms.length > 0) visit(terms);
    at = size.end;
  }
  forEachCompound(at === 0 ? text : text.slice(at), language, tokens, visit);
}

function forEachCompound(
  text: string,
  language: string,
  cache: BoundedCache<string, readonly TokenTerm[]>,
  visit: (terms: readonly TokenTerm[]) => void,
): void {
  forEachTokenOf(foldLetters(withoutTradeMarks(text)), language, visit, cache);
}

/** The text with spaces for trade marks, and otherwise as long. */
export function withoutTradeMarks(text: string): string {
  return ASCII.test(text) ? text : text.replace(TRADE_MARKS, ' ');
}

/**
 * As `forEachToken`, without sizes and for a text that is folded already; `start` and `end` are the place of the token
 * in it.
 */
export function forEachTokenOf(
  folded: string,
  language: string,
  visit: (terms: readonly TokenTerm[], start: number, end: number) => void,
  cache = cachesOf(language).tokens,
): void {
  for (const match of folded.matchAll(HAS_SIGNS.test(folded) ? COMPOUND_WITH_SIGNS : COMPOUND)) {
    const token = match[0];
    let terms = cache.get(token);
    if (terms === undefined) {
      terms = termsOfToken(token, language);
      if (token.length <= MAX_TERM_LENGTH) cache.set(token, terms);
    }
    if (terms.length > 0) visit(terms, match.index, match.index + token.length);
  }
}

function cachesOf(language: string): TermCaches {
  const known = caches.get(language);
  if (known !== undefined) return known;
  const made = {
    tokens: new BoundedCache(CACHE_LIMIT),
    sizes: new BoundedCache(CACHE_LIMIT),
  } satisfies TermCaches;
  caches.set(language, made);
  return made;
}
