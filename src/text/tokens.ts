import { foldLetters } from './fold.js';

/** A token with its offsets in the text, in UTF-16 units; `text.slice(start, end)` is its surface. */
export interface Token {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\p{N}+(?:[.,]\p{N}+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * Words, numbers and single symbols of a text in order; letters and digits are separate tokens (`8GB` → `8`, `GB`).
 * `start` and `end` delimit the exact original text, so that spans can refer to tokens.
 */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    found.push({ folded: foldLetters(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return found;
}
