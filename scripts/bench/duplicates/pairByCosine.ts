import { fold } from '../../../src/text/fold.js';

const MIN_COSINE = 0.5;

/** Pairs of ids whose titles are each other's nearest by the cosine of words weighted by their rarity. */
export function pairByCosine(rows: readonly { readonly id: string; readonly title: string }[]): string[] {
  const words = rows.map(({ title }) => new Set(fold(title).match(/[\p{L}\p{N}]+/gu)));
  const postings = new Map<string, number[]>();
  for (const [row, own] of words.entries())
    for (const word of own) {
      const held = postings.get(word);
      if (held === undefined) postings.set(word, [row]);
      else held.push(row);
    }
  const weight = (word: string): number => Math.log(rows.length / (postings.get(word)?.length ?? 1)) ** 2;
  const lengths = words.map((own) => Math.sqrt([...own].reduce((sum, word) => sum + weight(word), 0)));
  const nearest = words.map((own, row) => {
    const shared = new Map<number, number>();
    for (const word of own)
      for (const other of postings.get(word) ?? [])
        if (other !== row) shared.set(other, (shared.get(other) ?? 0) + weight(word));
    let best = { other: -1, cosine: 0 };
    for (const [other, sum] of shared) {
      const cosine = sum / ((lengths[row] ?? 1) * (lengths[other] ?? 1));
      if (cosine > best.cosine) best = { other, cosine };
    }
    return best;
  });
  return nearest.flatMap(({ other, cosine }, row) =>
    row < other && nearest[other]?.other === row && cosine >= MIN_COSINE
      ? [[rows[row]?.id ?? '', rows[other]?.id ?? ''].sort().join(' ')]
      : [],
  );
}
