import type { Duplicate } from '../report.js';

/** Products that are probably the same thing, each like at least one other of them; `ids` ascending. */
export interface DuplicateCluster {
  readonly ids: readonly string[];
  /** The most likely pair first. */
  readonly pairs: readonly Duplicate[];
}

/** The connected components of the pairs, that with the most likely pair first. */
export function clusterPairs(pairs: readonly Duplicate[]): DuplicateCluster[] {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    // Shortens the way for the next time.
    for (let at = id; at !== root; ) {
      const up = parents.get(at) ?? root;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { ids } of pairs) {
    const [one, other] = [rootOf(ids[0]), rootOf(ids[1])];
    if (one !== other) parents.set(other, one);
  }
  const clusters = new Map<string, Duplicate[]>();
  for (const pair of pairs) {
    const root = rootOf(pair.ids[0]);
    const members = clusters.get(root);
    if (members === undefined) clusters.set(root, [pair]);
    else members.push(pair);
  }
  const likeliest = (a: Duplicate, b: Duplicate): number =>
    b.score - a.score || (a.ids.join('\n') < b.ids.join('\n') ? -1 : 1);
  return [...clusters.values()]
    .map((members) => members.toSorted(likeliest))
    .sort(([a], [b]) => (a === undefined || b === undefined ? 0 : likeliest(a, b)))
    .map((members) => ({ ids: [...new Set(members.flatMap(({ ids }) => ids))].sort(), pairs: members }));
}
