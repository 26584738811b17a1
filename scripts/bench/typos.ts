import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateSearch } from '../../src/catalog/evaluate/evaluateSearch.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { withReader } from './withReader.js';

const SEEDS = [1, 2, 3, 4, 5];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Only words of letters are mistyped, and only long ones, which are distinguishable from others. */
const MISTYPED = /(?<![\p{L}\p{N}])\p{L}{4,}(?![\p{L}\p{N}])/gu;

/**
 * NDCG@10 with one random edit (insert, delete, substitute or transpose) in one word of each judged query, compared with
 * the original queries. A data folder saves the import, see `withReader`.
 */
export async function benchTypos(
  catalog: string | undefined,
  judgments: string | undefined,
  dataFolder: string | undefined,
): Promise<void> {
  if (catalog === undefined || judgments === undefined) {
    console.log('typos: left out, for it needs a catalog and its judgments');
    return;
  }
  const [header = '', ...lines] = (await readFile(judgments, 'utf8')).split('\n');
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    await withReader(catalog, dataFolder, async (reader) => {
      const figures = async (file: string): Promise<{ hybrid: number; words: number }> => {
        const found = await evaluateSearch(file, reader.search, reader.searchByWords);
        return { hybrid: found.hybrid.ndcg_at_10, words: found.words_only.ndcg_at_10 };
      };
      const clean = await figures(judgments);
      console.log(`typos in ${judgments}: NDCG@10 of the clean queries ${shown(clean)}`);
      const kept = { hybrid: 0, words: 0 };
      for (const seed of SEEDS) {
        const mistyped = mistypedQueries(new Set(lines.map(queryOf)), seed);
        const file = path.join(folder, `${seed}.tsv`);
        const rows = lines.map(
          (line) => (mistyped.get(queryOf(line)) ?? '') + line.slice(queryOf(line).length),
        );
        await writeFile(file, [header, ...rows].join('\n'));
        const noisy = await figures(file);
        kept.hybrid += noisy.hybrid / clean.hybrid / SEEDS.length;
        kept.words += noisy.words / clean.words / SEEDS.length;
        console.log(`  seed ${seed}: ${shown(noisy)}  kept ${percent(noisy.hybrid / clean.hybrid)}`);
      }
      console.log(`  kept on average ${percent(kept.hybrid)}, by words alone ${percent(kept.words)}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function queryOf(line: string): string {
  return line.split('\t', 1)[0] ?? '';
}

/** No two mistyped queries may be equal, because their judgments would be merged. */
function mistypedQueries(queries: ReadonlySet<string>, seed: number): Map<string, string> {
  const random = seededRandom(seed);
  const taken = new Set(queries);
  const mistyped = new Map<string, string>();
  for (const query of queries) {
    let made = mistype(query, random);
    while (made !== query && taken.has(made)) made = mistype(query, random);
    taken.add(made);
    mistyped.set(query, made);
  }
  return mistyped;
}

function mistype(query: string, random: () => number): string {
  const words = [...query.matchAll(MISTYPED)];
  const match = words[Math.floor(random() * words.length)];
  if (match === undefined) return query;
  const [word] = match;
  for (;;) {
    const made = edited(word, random);
    if (made !== word) return query.slice(0, match.index) + made + query.slice(match.index + word.length);
  }
}

function edited(word: string, random: () => number): string {
  const letter = LETTERS[Math.floor(random() * LETTERS.length)] ?? 'a';
  const kind = Math.floor(random() * 4);
  const at = Math.floor(
    random() * (kind === 0 ? word.length + 1 : kind === 3 ? word.length - 1 : word.length),
  );
  if (kind === 0) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 1) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

function shown({ hybrid, words }: { hybrid: number; words: number }): string {
  return `hybrid ${hybrid.toFixed(4)}, words ${words.toFixed(4)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
