import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { packagePaths } from '../src/configuration/packagePaths.js';
import { NounHierarchy, writeNouns } from '../src/search/concepts/nounHierarchy.js';

/** Lexicographer files of WordNet whose meanings shops sell: animals, artefacts, food, plants, substances. */
const THINGS: ReadonlySet<number> = new Set([5, 6, 13, 20, 27]);
/** More meanings of a name are rare ones. */
const MAX_MEANINGS = 6;
/** Names of groups in biology. */
const TAXON =
  /^(?:genus|family|order|class|phylum|suborder|subfamily|superfamily|division|subclass|species) /;

interface Synset {
  readonly file: number;
  readonly above: readonly string[];
  readonly isInstance: boolean;
}

// `node dist/scripts/nouns.js <dict folder of WordNet 3.1>` writes the nouns that `NounHierarchy` reads.
const folder = process.argv[2];
if (folder === undefined) throw new Error('name the dict folder of WordNet');
const lines = async (file: string): Promise<string[]> =>
  (await readFile(path.join(folder, file), 'latin1')).split('\n').filter((line) => /^\S/.test(line));

const synsets = new Map<string, Synset>();
for (const line of await lines('data.noun')) {
  const fields = line.split(' | ')[0]?.trim().split(' ') ?? [];
  const pointersAt = 4 + 2 * Number.parseInt(fields[3] ?? '0', 16);
  const above: string[] = [];
  let isInstance = false;
  for (let at = pointersAt + 1; at < pointersAt + 1 + 4 * Number(fields[pointersAt]); at += 4) {
    if (fields[at] === '@') above.push(fields[at + 1] ?? '');
    if (fields[at] === '@i') isInstance = true;
  }
  synsets.set(fields[0] ?? '', { file: Number(fields[1]), above, isInstance });
}

const ancestors = (id: string, found = new Set<string>()): Set<string> => {
  for (const above of synsets.get(id)?.above ?? []) if (!found.has(above)) ancestors(above, found.add(above));
  return found;
};
const below = new Map<string, number>();
const isKept = new Set<string>();
for (const [id, { file, isInstance }] of synsets) {
  const above = ancestors(id);
  for (const one of above) below.set(one, (below.get(one) ?? 0) + 1);
  if (THINGS.has(file) && !isInstance) for (const one of [id, ...above]) isKept.add(one);
}

const kept = [...isKept].sort((a, b) => ancestors(a).size - ancestors(b).size || (a < b ? -1 : 1));
const numbers = new Map(kept.map((id, number) => [id, number] as const));
const known = (ids: readonly string[]): number[] => ids.flatMap((id) => numbers.get(id) ?? []);
const names = new Map<string, number[]>();
for (const line of await lines('index.noun')) {
  const fields = line.trim().split(' ');
  const ids = fields.slice(-Number(fields[2]));
  const name = (fields[0] ?? '').replaceAll('_', ' ');
  if (TAXON.test(name) || ids.every((id) => synsets.get(id)?.isInstance)) continue;
  const key = NounHierarchy.keyOf(name);
  if (key !== '')
    names.set(key, [...new Set([...(names.get(key) ?? []), ...known(ids)])].slice(0, MAX_MEANINGS));
}
const bytes = writeNouns({
  above: kept.map((id) => known(synsets.get(id)?.above ?? [])),
  specificity: kept.map((id) => 1 - Math.log((below.get(id) ?? 0) + 1) / Math.log(synsets.size)),
  isThing: kept.map((id) => THINGS.has(synsets.get(id)?.file ?? -1)),
  names,
});
const packed = brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});
await writeFile(packagePaths.nouns, packed);
console.log(`${names.size} names of ${kept.length} meanings: ${bytes.length} bytes, ${packed.length} packed`);
