import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJudgments } from '../../src/catalog/evaluate/readJudgments.js';
import { comparePaired } from '../../src/search/evaluation/comparePaired.js';
import { readCatalog } from './catalog.js';
import { runCommand } from './runCommand.js';
import { type EngineName, engines } from './search/engines.js';
import type { EngineFigures, Job } from './search/engineWorker.js';

const JUDGED = ['../shared/data/esci', '../shared/data/icecat'];
const REAL_QUERIES = '../shared/data/bestbuy-queries/queries.tsv';
const LARGE = '../shared/data/fashion';
const QUERIES = 300;

interface JudgedCatalog {
  readonly catalog: string;
  readonly judgments: string | undefined;
}

/**
 * Compares this project with other engines on the same catalog, queries and machine, each in its own process. A folder
 * holds `products.jsonl.gz` and optionally `judgments.dev.tsv`.
 */
export async function benchSearch(named: string | undefined, judgments?: string): Promise<void> {
  const folders = named === undefined ? [...JUDGED, LARGE].filter((folder) => existsSync(folder)) : [named];
  if (folders.length === 0) {
    console.log(
      'search: no judged catalog found; name one: npm run bench -- search <catalog> [<judgments.tsv>]',
    );
  }
  for (const folder of folders) await compare(judgedCatalogOf(folder, judgments));
}

function judgedCatalogOf(named: string, judgments: string | undefined): JudgedCatalog {
  const folder = statSync(named).isDirectory();
  const beside = path.join(folder ? named : path.dirname(named), 'judgments.dev.tsv');
  return {
    catalog: folder ? path.join(named, 'products.jsonl.gz') : named,
    judgments: judgments ?? (folder && existsSync(beside) ? beside : undefined),
  };
}

async function compare({ catalog, judgments }: JudgedCatalog): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const context = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
    const flags = ['--data', context.dataDir, '--indexes', context.indexesDir];
    const imported = await runCommand(['import', catalog, ...flags]);
    const reindexed = await runCommand(['reindex', '--no-enrich', ...flags]);
    const products = await readCatalog(catalog);
    const queries = [
      ...(judgments === undefined ? [] : (await readJudgments(judgments)).keys()),
      ...(await realQueries()),
      ...titlesOf(products.map(({ title }) => title ?? '')),
    ].slice(0, 2 * QUERIES);
    console.log(`search in ${catalog}: ${products.length} products, ${queries.length} queries timed`);
    console.log(
      `  ${'engine'.padEnd(28)} NDCG@10    MRR  against the first   no hits       p50       p95   memory    build`,
    );
    const own = imported.seconds + reindexed.seconds;
    let first: EngineFigures | undefined;
    for (const engine of Object.keys(engines) as EngineName[]) {
      const figures = await runEngine(folder, { engine, catalog, judgments, queries, ...context });
      first ??= figures;
      console.log(
        line(engine, figures, first, engine.startsWith('shelfwright') ? own : figures.buildSeconds),
      );
    }
    console.log(
      `  Memory: resident after the queries. Build: import and reindex, embedding included (steps ${JSON.stringify(reindexed.result.steps)}); Orama is given the vectors.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function line(name: string, figures: EngineFigures, first: EngineFigures, build: number): string {
  const queries = Object.keys(first.ndcg);
  const { mean, low, high } = comparePaired(
    queries.map((query) => first.ndcg[query] ?? 0),
    queries.map((query) => figures.ndcg[query] ?? 0),
  );
  const signed = (value: number): string => (value < 0 ? '' : '+') + value.toFixed(3);
  const average = queries.reduce((sum, query) => sum + (figures.ndcg[query] ?? 0), 0) / queries.length;
  const judged =
    queries.length === 0
      ? `${'-'.padStart(7)} ${'-'.padStart(6)}  ${''.padEnd(22)}`
      : `${average.toFixed(4).padStart(7)} ${figures.mrr.toFixed(3).padStart(6)}  ${(
          figures === first ? '' : `${signed(mean)} [${signed(low)}, ${signed(high)}]`
        ).padEnd(22)}`;
  return `  ${name.padEnd(28)} ${judged} ${(100 * figures.zeroHits).toFixed(1).padStart(5)} % ${figures.p50.toFixed(2).padStart(6)} ms ${figures.p95.toFixed(2).padStart(6)} ms ${Math.round(figures.residentMb).toString().padStart(5)} MB ${build.toFixed(1).padStart(6)} s`;
}

async function runEngine(folder: string, job: Job): Promise<EngineFigures> {
  const file = path.join(folder, 'job.json');
  await writeFile(file, JSON.stringify(job));
  const worker = fileURLToPath(new URL('./search/engineWorker.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', worker, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(`${job.engine} exited with ${code}`));
    });
  });
}

/** Real queries, if the file exists; deterministic. */
async function realQueries(): Promise<string[]> {
  if (!existsSync(REAL_QUERIES)) return [];
  const lines = (await readFile(REAL_QUERIES, 'utf8')).split('\n').slice(1);
  return spread(
    lines.map((row) => row.split('\t')[0] ?? '').filter((query) => query !== ''),
    QUERIES,
  );
}

/** One to four consecutive words of titles from the whole catalog. */
function titlesOf(titles: readonly string[]): string[] {
  return spread(titles, QUERIES).map((title, i) => {
    const words = title.toLowerCase().split(/\s+/);
    const from = i % Math.max(1, words.length - 1);
    return words.slice(from, from + 1 + (i % 4)).join(' ');
  });
}

function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]).filter(
    (item) => item !== undefined,
  );
}
