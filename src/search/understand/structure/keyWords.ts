import { termOf } from '../../../index/lexical/analyze.js';
import type { Token } from '../../../text/tokens.js';

/** A word of a text with its index term and its span. */
export interface KeyWord {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/**
 * The words among the tokens of a text, by which names of values and queries are matched: without signs, and
 * stemmed as in the index.
 */
export function keyWords(tokens: readonly Token[]): KeyWord[] {
  return tokens
    .filter(({ folded }) => SAYS_SOMETHING.test(folded))
    .map(({ folded, start, end }) => ({ stem: termOf(folded), start, end }));
}

export function keyOfWords(words: readonly KeyWord[]): string {
  return words.map(({ stem }) => stem).join(' ');
}
