import { analyze } from '../../../index/lexical/analyze.js';
import { tokens } from '../../../text/tokens.js';

/** A word of a text under its index term, with its place. */
export interface KeyWord {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** The words of a text by which values and queries meet: signs left out, inflections joined as the index joins them. */
export function keyWords(text: string): KeyWord[] {
  return tokens(text)
    .filter(({ folded }) => SAYS_SOMETHING.test(folded))
    .map(({ folded, start, end }) => ({ stem: analyze(folded)[0]?.text ?? folded, start, end }));
}

export function keyOf(words: readonly KeyWord[]): string {
  return words.map(({ stem }) => stem).join(' ');
}
