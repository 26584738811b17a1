import { fold } from './fold.js';

/** The few names that are likeliest meant by a mistyped one, the likeliest first. */
export function nearestNames(wanted: string, names: readonly string[], most = 3): string[] {
  const key = fold(wanted);
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(key, fold(name)) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Letters to insert, delete or replace (Levenshtein); a name that holds the other whole is as near as one typo. */
function distanceOf(a: string, b: string): number {
  if (a !== b && a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 1;
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
