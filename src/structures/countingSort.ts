/** Items grouped by a small number: those of group g are `items[offsets[g]]` to before `items[offsets[g + 1]]`. */
export interface Groups {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/**
 * Groups the numbers 0 to `groupOf.length - 1` by `groupOf`, with a stable counting sort: the items of a group
 * ascend. Groups are 0 to `groups - 1`; an item of group -1 is left out.
 */
export function groupByNumber(groupOf: Int32Array | Uint32Array, groups: number): Groups {
  const offsets = new Uint32Array(groups + 1);
  for (let item = 0; item < groupOf.length; item++) {
    const group = groupOf[item] ?? -1;
    if (group >= 0) offsets[group + 1] = (offsets[group + 1] ?? 0) + 1;
  }
  for (let group = 0; group < groups; group++)
    offsets[group + 1] = (offsets[group + 1] ?? 0) + (offsets[group] ?? 0);
  const next = offsets.slice();
  const items = new Uint32Array(offsets[groups] ?? 0);
  for (let item = 0; item < groupOf.length; item++) {
    const group = groupOf[item] ?? -1;
    if (group < 0) continue;
    const place = next[group] ?? 0;
    next[group] = place + 1;
    items[place] = item;
  }
  return { offsets, items };
}
