/**
 * The number of insertions, deletions, substitutions and transpositions of adjacent letters that turn one word into the
 * other: Damerau's distance (1964) in the restricted form (optimal string alignment: no letter is edited twice). In
 * UTF-16 units. `max + 1` if it exceeds `max`.
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
      const otherLetter = other.charCodeAt(j - 1);
      let edits = (row[j - 1] ?? 0) + (letter === otherLetter ? 0 : 1);
      edits = Math.min(edits, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && letter === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === otherLetter)
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      next[j] = edits;
      if (edits < min) min = edits;
    }
    // A transposition uses the row before the last one, whose values are at least this row's minimum minus 1.
    if (min > max + 1) return max + 1;
    [before, row, next] = [row, next, before];
  }
  return Math.min(max + 1, row[other.length] ?? 0);
}

type Rows = [Uint16Array, Uint16Array, Uint16Array];
let buffers: Rows = [new Uint16Array(64), new Uint16Array(64), new Uint16Array(64)];

/** Reuses three rows, because a search compares thousands of words. */
function rowsOf(length: number): Rows {
  if ((buffers[0]?.length ?? 0) <= length)
    buffers = [new Uint16Array(2 * length), new Uint16Array(2 * length), new Uint16Array(2 * length)];
  return [...buffers];
}
