export interface Rename {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface AliasChange {
  readonly id: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Entries by id, in ascending order of ids. The first of several entries with one id wins. */
export function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]): Map<string, Entry> {
  const map = new Map<string, Entry>();
  for (const entry of [...entries].sort((a, b) => compare(a.id, b.id)))
    if (!map.has(entry.id)) map.set(entry.id, entry);
  return map;
}

/** Entries whose ids are not in `other`. */
export function missing<Entry>(of: ReadonlyMap<string, Entry>, other: ReadonlyMap<string, unknown>): Entry[] {
  return [...of].filter(([id]) => !other.has(id)).map(([, entry]) => entry);
}

/** A list with one change, or an empty list. */
export function changedAliases(
  id: string,
  previous: readonly string[],
  current: readonly string[],
): AliasChange[] {
  const added = [...new Set(current)].filter((alias) => !previous.includes(alias)).sort(compare);
  const removed = [...new Set(previous)].filter((alias) => !current.includes(alias)).sort(compare);
  return added.length + removed.length === 0 ? [] : [{ id, added, removed }];
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
