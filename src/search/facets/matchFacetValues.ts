import type { Column } from '../../index/liveIndex.js';
import { fold } from '../../text/fold.js';

/** From so many letters on, one of them may be wrong, missing, too much, or swapped with its neighbour. */
const FORGIVEN = 4;
const WORD = /[\p{L}\p{N}]+/gu;
/** Scripts that put no spaces between words, so that a word may begin anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** The words of each value, by code; values are only ever added to a column. */
const wordsOfColumn = new WeakMap<Column, string[][]>();

/**
 * Of `codes` those whose value has a word that begins with each typed word, under folding; where there is none,
 * those that would with one slip in a typed word. All of them where nothing was typed.
 */
export function matchFacetValues(column: Column, codes: number[], typed: string): number[] {
  const wanted = fold(typed).match(WORD) ?? [];
  if (wanted.length === 0) return codes;
  const words = wordsOf(column);
  const having = (begins: (word: string, prefix: string) => boolean): number[] =>
    codes.filter((code) => wanted.every((prefix) => words[code]?.some((word) => begins(word, prefix))));
  const found = having((word, prefix) =>
    UNSPACED.test(prefix) ? word.includes(prefix) : word.startsWith(prefix),
  );
  return found.length > 0 ? found : having(beginsAlmost);
}

function wordsOf(column: Column): string[][] {
  const words = wordsOfColumn.get(column) ?? [];
  const { values } = column;
  for (let code = words.length; code < values.length; code++) {
    words.push(fold(values[code] ?? '').match(WORD) ?? []);
  }
  wordsOfColumn.set(column, words);
  return words;
}

/** Whether `word` begins with `prefix`, or with what is one slip away from it. */
function beginsAlmost(word: string, prefix: string): boolean {
  if (word.startsWith(prefix)) return true;
  if (prefix.length < FORGIVEN) return false;
  let same = 0;
  while (same < word.length && word[same] === prefix[same]) same++;
  const beginsFrom = (at: number, rest: number): boolean => word.startsWith(prefix.slice(rest), at);
  return (
    beginsFrom(same + 1, same + 1) ||
    beginsFrom(same + 1, same) ||
    beginsFrom(same, same + 1) ||
    (word[same] === prefix[same + 1] && word[same + 1] === prefix[same] && beginsFrom(same + 2, same + 2))
  );
}
