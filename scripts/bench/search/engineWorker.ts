import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readJudgments } from '../../../src/catalog/evaluate/readJudgments.js';
import { ndcg, reciprocalRank } from '../../../src/search/evaluation/rankingMetrics.js';
import { readCatalog } from '../catalog.js';
import { type Engine, engines, isEngine } from './engines.js';

/** The work of one engine, in its own process. */
const jobSchema = z.object({
  engine: z.string(),
  catalog: z.string(),
  dataDir: z.string(),
  indexesDir: z.string(),
  judgments: z.string().optional(),
  /** Each is searched once, for the latencies. */
  queries: z.array(z.string()),
});
export type Job = z.infer<typeof jobSchema>;

export interface EngineFigures {
  readonly buildSeconds: number;
  readonly residentMb: number;
  readonly zeroHits: number;
  readonly p50: number;
  readonly p95: number;
  /** NDCG@10 per query that has a relevant product. */
  readonly ndcg: Record<string, number>;
  readonly mrr: number;
}

const DEPTH = 100;
const WARM_UP = 50;

const job = jobSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
if (!isEngine(job.engine)) throw new Error(`no engine '${job.engine}'`);
const started = performance.now();
let reading = 0;
const engine = await engines[job.engine](async () => {
  const before = performance.now();
  const products = await readCatalog(job.catalog);
  reading += performance.now() - before;
  return products;
}, job);
const buildSeconds = (performance.now() - started - reading) / 1000;
const figures: EngineFigures = { buildSeconds, ...(await ask(engine)) };
await engine.close();
process.stdout.write(JSON.stringify(figures));

async function ask(engine: Engine): Promise<Omit<EngineFigures, 'buildSeconds'>> {
  for (const query of job.queries.slice(0, WARM_UP)) await engine.search(`${query} warm`, DEPTH);
  const times: number[] = [];
  let empty = 0;
  for (const query of job.queries) {
    const before = performance.now();
    const found = await engine.search(query, 10);
    times.push(performance.now() - before);
    if (found.length === 0) empty++;
  }
  times.sort((a, b) => a - b);
  globalThis.gc?.();
  const residentMb = process.memoryUsage().rss / 2 ** 20;
  const byQuery: Record<string, number> = {};
  let mrr = 0;
  for (const [query, grades] of job.judgments === undefined ? [] : await readJudgments(job.judgments)) {
    if (![...grades.values()].some((grade) => grade > 0)) continue;
    const found = await engine.search(query, DEPTH);
    byQuery[query] = ndcg(found, grades, 10);
    mrr += reciprocalRank(found, grades);
  }
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    residentMb,
    zeroHits: empty / job.queries.length,
    p50: at(0.5),
    p95: at(0.95),
    ndcg: byQuery,
    mrr: mrr / Math.max(1, Object.keys(byQuery).length),
  };
}
