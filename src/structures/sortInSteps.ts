import type { Steps } from './inSlices.js';

const ITEMS_SORTED_AT_ONCE = 2000;
const ITEMS_MERGED_AT_ONCE = 5000;

/** A sorted copy, in the order that `sort` with this comparison gives; pauses every few thousand items. */
export function* sortInSteps<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Steps<Item[]> {
  let runs: Item[][] = [];
  for (let from = 0; from < items.length; from += ITEMS_SORTED_AT_ONCE) {
    runs.push(items.slice(from, from + ITEMS_SORTED_AT_ONCE).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergeSorted(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Both lists in one sorted list; of equal items, those of the first list come first. */
export function* mergeSorted<Item>(
  first: readonly Item[],
  second: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Steps<Item[]> {
  const merged: Item[] = [];
  let [left, right] = [0, 0];
  while (left < first.length || right < second.length) {
    if (merged.length % ITEMS_MERGED_AT_ONCE === 0) yield;
    const [a, b] = [first[left], second[right]];
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      if (a !== undefined) merged.push(a);
      left++;
    } else {
      merged.push(b);
      right++;
    }
  }
  return merged;
}
