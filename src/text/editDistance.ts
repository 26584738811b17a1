/**
 * Letters to insert, delete or replace, or neighbours to exchange, to make one word of the other: Damerau's
 * distance (1964) in the restricted form (optimal string alignment: no letter is edited twice). In UTF-16 units.
 * `most + 1` where it is more than `most`.
 */
export function editDistance(one: string, other: string, max = Number.POSITIVE_INFINITY): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  let [before, row, next] = rowsOf(other.length);
  for (let j = 0; j <= other.length; j++) row[j] = j;
  for (let i = 1; i <= one.length; i++) {
    const letter = one.charCodeAt(i - 1);
    next[0] = i;
    let min = i;
    for (let j = 1; j <= other.length; j++) {
      const facing = other.charCodeAt(j - 1);
      let edits = (row[j - 1] ?? 0) + (letter === facing ? 0 : 1);
      edits = Math.min(edits, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && letter === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === facing)
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      next[j] = edits;
      if (edits < min) min = edits;
    }
    // A transposition reaches back two rows, which are no lower than this one less one.
    if (min > max + 1) return max + 1;
    [before, row, next] = [row, next, before];
  }
  return Math.min(max + 1, row[other.length] ?? 0);
}

type Rows = [Uint16Array, Uint16Array, Uint16Array];
let kept: Rows = [new Uint16Array(64), new Uint16Array(64), new Uint16Array(64)];

/** The same three rows again and again: thousands of words are compared a search. */
function rowsOf(length: number): Rows {
  if ((kept[0]?.length ?? 0) <= length)
    kept = [new Uint16Array(2 * length), new Uint16Array(2 * length), new Uint16Array(2 * length)];
  return [...kept];
}
