import { editDistance } from '../text/editDistance.js';
import { fold } from '../text/fold.js';

/**
 * The name nearest to a text by edit distance under fold, relative to the longer of both, the
 * last level of a path counting as well as the whole; of equally near ones the first. Undefined without names.
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const folded = fold(text);
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const whole = fold(name);
    const tail = whole.slice(whole.lastIndexOf('>') + 1).trim();
    const distance = Math.min(share(folded, whole), tail === whole ? 1 : share(folded, tail));
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best?.name;
}

function share(one: string, other: string): number {
  return editDistance(one, other) / Math.max(one.length, other.length, 1);
}
