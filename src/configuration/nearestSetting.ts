import { nearestNames } from '../text/nearestName.js';
import { type ConfigurationKey, VARIABLE_PREFIX } from './configurationKeys.js';

/**
 * The section or key (`server`, `server.port`) that a mistyped path most likely means: the key of that name in
 * another section, else the
 * nearest by edit distance, in the same section if the path names one.
 */
export function nearestSetting(path: string, keys: readonly ConfigurationKey[]): string {
  const [section, name = section] = path.split('.');
  const elsewhere = keys.find(({ key }) => key === name);
  if (elsewhere !== undefined) return elsewhere.path;
  const beside = keys.filter((one) => one.section === section).map((one) => one.path);
  if (path.includes('.') && beside.length > 0) return nearestNames(path, beside, 1)[0] ?? '';
  const meant = new Map(keys.flatMap((one) => [one.key, one.path].map((called) => [called, one.path])));
  for (const one of keys) meant.set(one.section, one.section);
  return nearestIn(path, meant);
}

/** The variable that a mistyped one most likely means: `SHELFWRIGHT_PORT` means `SHELFWRIGHT_SERVER_PORT`. */
export function nearestVariable(
  variable: string,
  keys: readonly ConfigurationKey[],
  others: readonly string[],
): string {
  const bare = (name: string): string => name.slice(VARIABLE_PREFIX.length);
  const meant = new Map(others.map((name) => [bare(name), name]));
  for (const one of keys) {
    meant.set(bare(one.variable), one.variable);
    const alone = one.key.toUpperCase();
    if (!meant.has(alone)) meant.set(alone, one.variable);
  }
  return nearestIn(bare(variable), meant);
}

/** The target of the nearest name. */
function nearestIn(wanted: string, meant: ReadonlyMap<string, string>): string {
  const exact = meant.get(wanted);
  if (exact !== undefined) return exact;
  const [nearest = ''] = nearestNames(wanted, [...meant.keys()], 1);
  return meant.get(nearest) ?? '';
}
