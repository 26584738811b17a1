import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { runCommand } from './runCommand.js';

const REAL = '../shared/data/duplicates/abt_buy';

const rowSchema = z.looseObject({ _id: z.number(), name: z.string() });
const goldSchema = z.object({ id1: z.number(), id2: z.number() });
const foundSchema = z.array(z.object({ ids: z.tuple([z.string(), z.string()]), score: z.number() }));

/**
 * Precision, recall and F1 of `audit` on the tables of two shops (`table_a`, `table_b`, `gold`, gzipped JSONL) merged
 * into one file: unchanged, with a `source` field that names the shop, and without the transformer. Every reported pair
 * that is not in the gold counts as wrong, also pairs within one table. Half of the pairs (even numbers in the first
 * table) were used during development; the other half is held out.
 */
export async function benchDuplicates(named: string | undefined): Promise<void> {
  const folder = named ?? REAL;
  if (!existsSync(path.join(folder, 'gold.jsonl.gz'))) {
    console.log(`duplicates: no gold.jsonl.gz in ${folder}, nothing measured`);
    return;
  }
  const gold = new Set(
    (await readTable(folder, 'gold', goldSchema)).map(({ id1, id2 }) => `a-${id1} b-${id2}`),
  );
  const scratch = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const tables = { a: 'table_a', b: 'table_b' };
    for (const [variant, flags] of [
      ['merged', []],
      ['with source', []],
      ['--no-model', ['--no-model']],
    ] as const) {
      const file = path.join(scratch, 'both.jsonl');
      const lines: string[] = [];
      for (const [shop, table] of Object.entries(tables)) {
        for (const { _id, name, ...rest } of await readTable(folder, table, rowSchema)) {
          const source = variant === 'with source' ? { source: shop } : {};
          lines.push(JSON.stringify({ id: `${shop}-${_id}`, title: name, ...rest, ...source }));
        }
      }
      await writeFile(file, `${lines.join('\n')}\n`);
      const { result, seconds } = await runCommand([
        'audit',
        file,
        '--data',
        path.join(scratch, 'data'),
        ...flags,
      ]);
      const found = foundSchema.parse(result.duplicates);
      console.log(`duplicates of ${folder}, ${variant}: ${found.length} pairs in ${seconds.toFixed(1)} s`);
      const isDev = (pair: string): boolean => Number(/^a-(\d+)/.exec(pair)?.[1] ?? 0) % 2 === 0;
      report('  all pairs', found, gold, () => true);
      report('  dev      ', found, gold, isDev);
      report('  held out ', found, gold, (pair) => !isDev(pair));
      console.log(`  scores: ${spread(found.map(({ score }) => score))}`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function report(
  name: string,
  found: z.infer<typeof foundSchema>,
  gold: ReadonlySet<string>,
  counts: (pair: string) => boolean,
): void {
  const reported = found.map(({ ids }) => ids.join(' ')).filter(counts);
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
