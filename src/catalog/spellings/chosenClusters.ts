import type { SpellingCluster } from '../../audit/spellingClusters.js';
import type { SpellingChoice } from './respell.js';

/** The clusters of the chosen fields, with the spellings of the chosen kinds. */
export function chosenClusters(
  clusters: readonly SpellingCluster[],
  { fields, kinds }: SpellingChoice,
): SpellingCluster[] {
  return clusters.flatMap((cluster) => {
    if (fields !== undefined && !fields.includes(cluster.field)) return [];
    const spellings = cluster.spellings.filter(({ kind }) => kinds.includes(kind));
    const count = spellings.reduce((sum, spelling) => sum + spelling.count, 0);
    return spellings.length === 0 ? [] : [{ ...cluster, spellings, count }];
  });
}
