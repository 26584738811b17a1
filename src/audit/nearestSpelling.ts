import { fold } from '../domain/fold.js';

/**
 * The name that a text most likely misspells: within two edits (one up to six letters), no other one as near, or
 * the one name that stands in the text as whole words (`light navy` → `Navy`). Undefined where none is plain.
 */
export function nearestSpelling(text: string, names: readonly string[]): string | undefined {
  const folded = fold(text);
  const most = folded.length <= 6 ? 1 : 2;
  if (folded.length >= 4) {
    let best: string | undefined;
    let least = most + 1;
    let tied = false;
    for (const name of names) {
      const distance = editDistance(folded, fold(name), Math.min(most, least));
      if (distance > most || distance > least) continue;
      tied = distance === least;
      if (distance < least) [best, least] = [name, distance];
    }
    if (best !== undefined && !tied) return best;
  }
  const inside = names.filter((name) => name.length >= 3 && ` ${folded} `.includes(` ${fold(name)} `));
  return inside.length === 1 ? inside[0] : undefined;
}

/** Letters put in, left out, exchanged, or swapped with the next (Damerau 1964); more than `most` is `most + 1`. */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column - 1] ?? 0) + same,
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      }
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return Math.min(last[other.length] ?? 0, most + 1);
}
