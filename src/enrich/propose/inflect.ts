import { type Token, tokens } from '../../text/tokens.js';

/** A word as phrases are compared by it; it quotes `text.slice(start, end)`. */
export interface Word extends Token {
  /** Without possessive and plural ending. */
  readonly stem: string;
  /** Whether the word before belongs to the same run: only white space and joining marks between. */
  readonly joined: boolean;
}

/** Marks inside compound spellings: `navy-blue`, `A/C`, `B&W`. Any other symbol parts two phrases. */
const JOINING = new Set(['-', '/', '_', '&', '.', '+', "'", '’', '‐', '‑', '–']);

/** The words of a text, symbols left out. */
export function words(text: string): Word[] {
  const found: Word[] = [];
  let joined = false;
  for (const token of tokens(text)) {
    if (isSymbol(token.folded)) {
      if (!JOINING.has(token.folded)) joined = false;
      continue;
    }
    found.push({ ...token, stem: stemOf(token.folded), joined });
    joined = true;
  }
  return found;
}

/**
 * Takes off `'s` and the plural ending of a folded word, so that "Men's" meets "Men" and "batteries"
 * "battery". Both sides of a comparison go through it, so a word of a language that it does not fit
 * still meets itself; it is too small to merge different words.
 */
export function stemOf(folded: string): string {
  const word = folded.replace(/['’]s?$/, '');
  if (word.length < 4 || !word.endsWith('s') || /[^a-z]/.test(word)) return word;
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function isSymbol(folded: string): boolean {
  return folded.length === 1 && !/[\p{L}\p{N}]/u.test(folded);
}
