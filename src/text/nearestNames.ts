import { editDistance } from './editDistance.js';
import { fold } from './fold.js';

/** The few names that are likeliest meant by a mistyped one, the likeliest first. */
export function nearestNames(wanted: string, names: readonly string[], max = 3): string[] {
  const key = fold(wanted);
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(key, fold(name)) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, max)
    .map(({ name }) => name);
}

/** A name that holds the other whole is as near as one typo. */
function distanceOf(a: string, b: string): number {
  if (a !== b && a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 1;
  return editDistance(a, b);
}
