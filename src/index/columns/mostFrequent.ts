/** The member with the largest count; of equals, the one whose text is first in UTF-16 order. */
export function mostFrequent(
  members: readonly number[],
  texts: readonly string[],
  counts: ArrayLike<number>,
): number {
  let best = members[0] ?? 0;
  for (const member of members) {
    const [count, most] = [counts[member] ?? 0, counts[best] ?? 0];
    if (count > most || (count === most && (texts[member] ?? '') < (texts[best] ?? ''))) best = member;
  }
  return best;
}
