/** Shops or files of a merged catalog: each has at least this share of the rows. */
const MIN_SHARE = 0.05;
const MAX_SOURCES = 4;
/** Ids without the beginning of a source are at most this share of the rows. */
const MAX_STRAY = 0.02;

/**
 * The source of each row: the one that its fields name, or, where no row has such a field, the beginning of its id
 * (`abt-17`, `https://shop.example/items/17`), if a few beginnings cover nearly all rows. Undefined where nothing tells.
 */
export function readSources(
  named: readonly (string | undefined)[],
  ids: readonly string[],
): (string | undefined)[] {
  if (named.some((source) => source !== undefined)) return [...named];
  const beginnings = ids.map(beginningOf);
  const counts = new Map<string, number>();
  for (const beginning of beginnings) counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  const large = [...counts].filter(([, count]) => count >= MIN_SHARE * ids.length);
  const covered = large.reduce((sum, [, count]) => sum + count, 0);
  if (large.length < 2 || large.length > MAX_SOURCES || covered < (1 - MAX_STRAY) * ids.length)
    return ids.map(() => undefined);
  const sources = new Set(large.map(([beginning]) => beginning));
  return beginnings.map((beginning) => (sources.has(beginning) ? beginning : undefined));
}

/** What stands before the first digit; of a web address or path what stands before its last part. */
function beginningOf(id: string): string {
  const folder = /^.*[/:|#]/u.exec(id)?.[0];
  return (folder ?? /^[^\d]*/u.exec(id)?.[0] ?? '').toLowerCase();
}
