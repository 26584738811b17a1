/** A hit with its score and what it has too much of: its brand or category; null belongs to no group. */
export interface Grouped {
  readonly id: string;
  readonly score: number;
  readonly group: string | null;
}

/**
 * Maximal marginal relevance (Carbonell & Goldstein, "The use of MMR", 1998) for groups: takes one hit after another, each
 * time that with the most `lambda * score - (1 - lambda) * scale * c / (c + 1)`, where `c` hits of its group were taken
 * and `scale` is the range of the scores, or 1 if they are equal. 1 keeps the order by score; ties keep the order given. Hits of one group never
 * pass each other. In O(hits * groups).
 * @param hits best first.
 */
export function diversify<Hit extends Grouped>(hits: readonly Hit[], lambda: number): Hit[] {
  const queues = new Map<string, Hit[]>();
  const place = new Map<Hit, number>();
  for (const [rank, hit] of hits.entries()) {
    place.set(hit, rank);
    const key = hit.group === null ? `\n${rank}` : hit.group;
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [hit]);
    else queue.push(hit);
  }
  const scores = hits.map(({ score }) => score);
  // Where all are equally good, as where nothing is searched for, variety decides alone.
  const scale = hits.length === 0 ? 0 : Math.max(...scores) - Math.min(...scores) || 1;
  const taken = new Map<string, number>();
  const order: Hit[] = [];
  while (order.length < hits.length) {
    let best: { key: string; hit: Hit; value: number } | undefined;
    for (const [key, queue] of queues) {
      const count = taken.get(key) ?? 0;
      const hit = queue[count];
      if (hit === undefined) continue;
      const value = lambda * hit.score - (1 - lambda) * scale * (count / (count + 1));
      const isBetter =
        best === undefined ||
        value > best.value ||
        (value === best.value && (place.get(hit) ?? 0) < (place.get(best.hit) ?? 0));
      if (isBetter) best = { key, hit, value };
    }
    if (best === undefined) break;
    taken.set(best.key, (taken.get(best.key) ?? 0) + 1);
    order.push(best.hit);
  }
  return order;
}
