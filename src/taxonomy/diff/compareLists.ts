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

/** By id, in ascending order of ids; of several with one id the first. */
export function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]): Map<string, Entry> {
  const map = new Map<string, Entry>();
  for (const entry of [...entries].sort((a, b) => compare(a.id, b.id)))
    if (!map.has(entry.id)) map.set(entry.id, entry);
  return map;
}

/** The entries whose ids the other lacks. */
export function missing<Entry>(of: ReadonlyMap<string, Entry>, other: ReadonlyMap<string, unknown>): Entry[] {
  return [...of].filter(([id]) => !other.has(id)).map(([, entry]) => entry);
}

/** One change or none. */
export function changedAliases(id: string, was: readonly string[], is: readonly string[]): AliasChange[] {
  const added = [...new Set(is)].filter((alias) => !was.includes(alias)).sort(compare);
  const removed = [...new Set(was)].filter((alias) => !is.includes(alias)).sort(compare);
  return added.length + removed.length === 0 ? [] : [{ id, added, removed }];
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
