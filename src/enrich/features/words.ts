import { BoundedCache } from '../../structures/boundedCache.js';
import { RecentCache } from '../../structures/recentCache.js';
import { type Token, tokens } from '../../text/tokens.js';

/** A word of a text, for matching phrases; it is `text.slice(start, end)`. */
export interface Word extends Token {
  /** Without possessive or plural ending. */
  readonly stem: string;
  /** Whether only white space and joining marks separate it from the word before. */
  readonly joined: boolean;
}

/** Marks inside compounds: `navy-blue`, `A/C`, `B&W`. Any other symbol separates phrases. */
const JOINING = new Set(['-', '/', '_', '&', '.', '+', "'", '’', '‐', '‑', '–']);

/** Names and values of a taxonomy are read for every product. */
const MAX_KEPT_LENGTH = 40;
const kept = new BoundedCache<string, readonly Word[]>(4096);
/** The steps of learning and filling read the same texts of a product one after another. */
const recent = new RecentCache<readonly Word[]>(6);

/** The words of a text, without symbols. */
export function words(text: string): readonly Word[] {
  if (text.length > MAX_KEPT_LENGTH) return recent.get(text, readWords);
  const known = kept.get(text) ?? readWords(text);
  kept.set(text, known);
  return known;
}

function readWords(text: string): Word[] {
  const found: Word[] = [];
  let joined = false;
  for (const { folded, start, end } of tokens(text)) {
    if (isSymbol(folded)) {
      if (!JOINING.has(folded)) joined = false;
      continue;
    }
    found.push({ folded, start, end, stem: stemOf(folded), joined });
    joined = true;
  }
  return found;
}

const stems = new BoundedCache<string, string>(16_384);

/**
 * A folded word without `'s` or plural ending, so that "Men's" matches "Men" and "batteries" matches "battery". Both sides
 * of a comparison are stemmed, so a word that the English rules do not fit still matches itself. The rules are few enough
 * not to merge different words.
 */
export function stemOf(folded: string): string {
  const last = folded.charCodeAt(folded.length - 1);
  // Most words end in another letter.
  if (last !== S && last !== APOSTROPHE && last !== QUOTE) return folded;
  const known = stems.get(folded);
  if (known !== undefined) return known;
  const stem = readStem(folded);
  stems.set(folded, stem);
  return stem;
}

const S = 's'.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);
const QUOTE = '’'.charCodeAt(0);

function readStem(folded: string): string {
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
