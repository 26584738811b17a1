/** The edits (see editDistance) between `typed` and each prefix of `text`: at i those to its first i letters. */
export function editsToPrefixes(typed: string, text: string): number[] {
  // Columns of the usual table: `to[j]` are the edits between typed[0..j) and the prefix looked at.
  let beforeThat: number[] = [];
  let before = Array.from({ length: typed.length + 1 }, (_, j) => j);
  const found = [typed.length];
  for (let i = 1; i <= text.length; i++) {
    const to = [i];
    for (let j = 1; j <= typed.length; j++) {
      const same = text[i - 1] === typed[j - 1];
      let edits = Math.min((before[j - 1] ?? 0) + (same ? 0 : 1), (before[j] ?? 0) + 1, (to[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && text[i - 1] === typed[j - 2] && text[i - 2] === typed[j - 1])
        edits = Math.min(edits, (beforeThat[j - 2] ?? 0) + 1);
      to.push(edits);
    }
    found.push(to[typed.length] ?? 0);
    beforeThat = before;
    before = to;
  }
  return found;
}
