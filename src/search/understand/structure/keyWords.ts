import { termOf } from '../../../index/lexical/analyze.js';
import type { Token } from '../../../text/tokens.js';

/** A word of a text under its index term, with its place. */
export interface KeyWord {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** The words among the tokens of a text by which values and queries meet: signs left out, inflections joined as the index joins them. */
export function keyWords(tokens: readonly Token[]): KeyWord[] {
  return tokens
    .filter(({ folded }) => SAYS_SOMETHING.test(folded))
    .map(({ folded, start, end }) => ({ stem: termOf(folded), start, end }));
}

export function keyOfWords(words: readonly KeyWord[]): string {
  return words.map(({ stem }) => stem).join(' ');
}
