import { editDistance } from '../text/editDistance.js';
import { fold } from '../text/fold.js';

/**
 * The name that a text most likely misspells: within two edits (one up to six letters), no other one as near, or
 * the one name that stands in the text as whole words (`light navy` → `Navy`). Undefined where none is plain.
 */
export function nearestSpelling(text: string, names: readonly string[]): string | undefined {
  const folded = fold(text);
  const max = folded.length <= 6 ? 1 : 2;
  if (folded.length >= 4) {
    let best: string | undefined;
    let min = max + 1;
    let tied = false;
    for (const name of names) {
      const distance = editDistance(folded, fold(name), Math.min(max, min));
      if (distance > max || distance > min) continue;
      tied = distance === min;
      if (distance < min) [best, min] = [name, distance];
    }
    if (best !== undefined && !tied) return best;
  }
  const inside = names.filter((name) => name.length >= 3 && ` ${folded} `.includes(` ${fold(name)} `));
  return inside.length === 1 ? inside[0] : undefined;
}
