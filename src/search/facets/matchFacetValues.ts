import type { Column } from '../../index/liveIndex.js';
import { fold } from '../../text/fold.js';

/** From this length on, one edit is tolerated (insertion, deletion, replacement or transposition). */
const MIN_LENGTH_WITH_EDIT = 4;
const WORD = /[\p{L}\p{N}]+/gu;
/** Scripts without spaces between words, where a match may begin anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Cache of the words of each value, by code, while values are shown alike. */
const wordsCache = new WeakMap<Column, { readonly revision: number; readonly words: string[][] }>();

/**
 * The `codes` whose value has a word that begins with each typed word, after folding. If there is none, those
 * that match with one edit in a typed word. All codes if nothing was typed.
 */
export function matchFacetValues(column: Column, codes: number[], typed: string): number[] {
  const typedWords = fold(typed).match(WORD) ?? [];
  if (typedWords.length === 0) return codes;
  const words = wordsOf(column);
  const matching = (isMatch: (word: string, prefix: string) => boolean): number[] =>
    codes.filter((code) => typedWords.every((prefix) => words[code]?.some((word) => isMatch(word, prefix))));
  const exact = matching((word, prefix) =>
    UNSPACED.test(prefix) ? word.includes(prefix) : word.startsWith(prefix),
  );
  return exact.length > 0 ? exact : matching(beginsWithOneEdit);
}

function wordsOf(column: Column): string[][] {
  const { values, textRevision } = column;
  let cached = wordsCache.get(column);
  if (cached?.revision !== textRevision) {
    cached = { revision: textRevision, words: [] };
    wordsCache.set(column, cached);
  }
  const { words } = cached;
  for (let code = words.length; code < values.length; code++) {
    words.push(fold(values[code] ?? '').match(WORD) ?? []);
  }
  return words;
}

/** Whether `word` begins with `prefix`, or with a text one edit away from it. */
function beginsWithOneEdit(word: string, prefix: string): boolean {
  if (word.startsWith(prefix)) return true;
  if (prefix.length < MIN_LENGTH_WITH_EDIT) return false;
  let common = 0;
  while (common < word.length && word[common] === prefix[common]) common++;
  const beginsFrom = (at: number, offset: number): boolean => word.startsWith(prefix.slice(offset), at);
  return (
    beginsFrom(common + 1, common + 1) ||
    beginsFrom(common + 1, common) ||
    beginsFrom(common, common + 1) ||
    (word[common] === prefix[common + 1] &&
      word[common + 1] === prefix[common] &&
      beginsFrom(common + 2, common + 2))
  );
}
