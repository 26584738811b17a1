import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { constructTables } from './duplicates/constructTables.js';
import { pairByCosine } from './duplicates/pairByCosine.js';
import { DEVELOPMENT, REPORTED } from './duplicates/paraphrase.js';
import { readEsci, readPhones } from './duplicates/readOriginals.js';
import { runCommand } from './runCommand.js';

const REAL = '../shared/data/duplicates/abt_buy';

const rowSchema = z.looseObject({ _id: z.number(), name: z.string() });
const goldSchema = z.object({ id1: z.number(), id2: z.number() });
const foundSchema = z.array(z.object({ ids: z.tuple([z.string(), z.string()]), score: z.number() }));

/** Merged tables of two shops, and the pairs of ids that are the same product. */
interface Merged {
  readonly rows: readonly { readonly id: string; readonly title: string }[];
  readonly gold: ReadonlySet<string>;
}

/**
 * Precision, recall and F1 of `audit` on the tables of two shops merged into one file. Every reported pair that is not
 * in the gold counts as wrong, also pairs within one table.
 *
 * abt-buy (`table_a`, `table_b`, `gold`, gzipped JSONL): with ids that begin with the shop, with a `source` field, with
 * ids that tell nothing, and without the transformer. Half of the pairs (even numbers in the first table) were used during
 * development; the other half is held out.
 *
 * Tables without codes, constructed from other catalogs (`constructTables`): the development set has other products,
 * other rules of rewording and another seed than the reported one. The floor is the pairs of titles that are each other's
 * nearest by rare words (`pairByCosine`), with its time.
 */
export async function benchDuplicates(named: string | undefined): Promise<void> {
  const folder = named ?? REAL;
  const scratch = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    if (existsSync(path.join(folder, 'gold.jsonl.gz'))) await measureShops(folder, scratch);
    else console.log(`duplicates: no gold.jsonl.gz in ${folder}, nothing measured`);
    if (named !== undefined) return;
    for (const [name, file, read] of CATALOGS) {
      if (!existsSync(file)) continue;
      const originals = await read(file);
      for (const [set, wording, seed, half] of SETS) {
        const { a, b, gold } = constructTables(
          originals.filter(({ key }) => halfOf(key) === half),
          wording,
          seed,
        );
        await measure(`${name} without codes, ${set}`, { rows: [...a, ...b], gold }, scratch, []);
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const CATALOGS = [
  ['esci', '../shared/data/esci/products.jsonl.gz', readEsci],
  ['bestbuy-phones', '../shared/data/bestbuy-phones/products.jsonl.gz', readPhones],
] as const;
const SETS = [
  ['development', DEVELOPMENT, 1, 0],
  ['reported', REPORTED, 2, 1],
] as const;

/** 0 or 1, by a hash of the key. */
function halfOf(key: string): number {
  let hash = 0;
  for (const letter of key) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return (hash >>> 7) & 1;
}

async function measureShops(folder: string, scratch: string): Promise<void> {
  const gold = new Set(
    (await readTable(folder, 'gold', goldSchema)).map(({ id1, id2 }) => `a-${id1} b-${id2}`),
  );
  const tables = [];
  for (const [shop, table] of Object.entries({ a: 'table_a', b: 'table_b' }))
    for (const { _id, name, ...rest } of await readTable(folder, table, rowSchema))
      tables.push({ shop, id: `${shop}-${_id}`, title: name, ...rest });
  const isDev = (pair: string): boolean => Number(/^a-(\d+)/.exec(pair)?.[1] ?? 0) % 2 === 0;
  for (const [variant, flags] of [
    ['merged', []],
    ['with source', []],
    ['--no-model', ['--no-model']],
  ] as const) {
    const rows = tables.map(({ shop, ...row }) =>
      variant === 'with source' ? { ...row, source: shop } : row,
    );
    await measure(`${folder}, ${variant}`, { rows, gold }, scratch, flags, [
      ['  dev      ', isDev],
      ['  held out ', (pair) => !isDev(pair)],
    ]);
  }
  // Ids that tell nothing: the pairs are renamed likewise.
  const names = new Map(tables.map(({ id }, at) => [id, `p${(at * 7919) % 1_000_003}`]));
  const rows = tables.map(({ shop: _, ...row }) => ({ ...row, id: names.get(row.id) ?? row.id }));
  const renamed = new Set(
    [...gold].map((pair) =>
      pair
        .split(' ')
        .map((id) => names.get(id) ?? id)
        .sort()
        .join(' '),
    ),
  );
  await measure(`${folder}, shops unknown`, { rows, gold: renamed }, scratch, []);
}

async function measure(
  name: string,
  { rows, gold }: Merged,
  scratch: string,
  flags: readonly string[],
  parts: readonly (readonly [name: string, counts: (pair: string) => boolean])[] = [],
): Promise<void> {
  const file = path.join(scratch, 'both.jsonl');
  await writeFile(file, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const data = path.join(scratch, 'data');
  const { result, seconds } = await runCommand(['audit', file, '--data', data, ...flags]);
  const found = foundSchema.parse(result.duplicates);
  console.log(`duplicates of ${name}: ${rows.length} rows, ${found.length} pairs in ${seconds.toFixed(1)} s`);
  const pairs = found.map(({ ids }) => ids.join(' '));
  report('  all pairs', pairs, gold, () => true);
  for (const [part, counts] of parts) report(part, pairs, gold, counts);
  const started = performance.now();
  const floor = pairByCosine(rows);
  report(
    `  floor (nearest titles, ${((performance.now() - started) / 1000).toFixed(1)} s)`,
    floor,
    gold,
    () => true,
  );
  console.log(`  scores: ${spread(found.map(({ score }) => score))}`);
}

function report(
  name: string,
  found: readonly string[],
  gold: ReadonlySet<string>,
  counts: (pair: string) => boolean,
): void {
  const reported = found.filter(counts);
  const right = reported.filter((pair) => gold.has(pair)).length;
  const all = [...gold].filter(counts).length;
  const precision = right / reported.length;
  const recall = right / all;
  const f1 = (2 * right) / (reported.length + all);
  console.log(`${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`);
}

/** A histogram of scores from 0.5. */
function spread(scores: readonly number[]): string {
  return [0.5, 0.6, 0.7, 0.8, 0.9, 0.99]
    .map((from, at, bounds) => {
      const to = bounds[at + 1] ?? 1.01;
      return `${from} to ${Math.min(1, to)}: ${scores.filter((score) => score >= from && score < to).length}`;
    })
    .join(', ');
}

async function readTable<Row>(folder: string, name: string, schema: z.ZodType<Row>): Promise<Row[]> {
  const packed = await readFile(path.join(folder, `${name}.jsonl.gz`));
  const lines = gunzipSync(packed).toString('utf8').trim().split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}
