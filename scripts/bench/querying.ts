import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { openReader } from '../../src/service/openReader.js';
import { catalogFile, readCatalog } from './catalog.js';
import { runCommand } from './runCommand.js';

const QUERIES = 500;
const FACETS = ['brand', 'category', '*'];

/** Query time by part, compared with one embedding plus one graph look-up; queries are words of titles. */
export async function benchQuerying(named: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  const flags = ['--data', where.dataDir, '--indexes', where.indexesDir];
  try {
    await runCommand(['import', file, ...flags]);
    await runCommand(['reindex', '--no-enrich', ...flags]);
    const reader = await openReader({ ...where, modelDir: packagePaths.model });
    const embedder = await startEmbedder(await openModel(packagePaths.model), 1);
    const queries = queriesOf((await readCatalog(file)).map(({ title }) => title ?? ''));
    const generation = reader.health().generation ?? '';
    const index = await openGeneration(where.indexesDir, generation);
    const rows: { whole: number; floor: number; parts: Record<string, number>; total: number }[] = [];
    for (const [round, q] of queries.entries()) {
      const answer = await reader.search(searchRequestSchema.parse({ q, facets: FACETS, explain: true }));
      const started = performance.now();
      const [vector] = await embedder.embed([`${q} ${round}`]);
      if (vector !== undefined) index.nearest(vector, 10, 64);
      const floor = performance.now() - started;
      // The first hundred warm up the compiler.
      if (round >= 100)
        rows.push({ whole: answer.took_ms, floor, parts: answer.parts ?? {}, total: answer.total });
    }
    index.close();
    await embedder.close();
    await reader.close();
    const show = (name: string, values: number[]): void =>
      console.log(
        `  ${name.padEnd(32)} p50 ${at(values, 0.5)} ms  p95 ${at(values, 0.95)} ms  p99 ${at(values, 0.99)} ms`,
      );
    console.log(
      `querying ${file}: ${rows.length} queries with facets, none cached, median ${at(
        rows.map(({ total }) => total),
        0.5,
      )} hits`,
    );
    show(
      'shelfwright',
      rows.map(({ whole }) => whole),
    );
    for (const part of Object.keys(rows[0]?.parts ?? {}))
      show(
        `  of it ${part}`,
        rows.map(({ parts }) => parts[part] ?? 0),
      );
    show(
      'floor: one embedding + one HNSW',
      rows.map(({ floor }) => floor),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One to four consecutive words of titles from the whole catalog; deterministic. */
function queriesOf(titles: readonly string[]): string[] {
  const queries = new Set<string>();
  for (let i = 0; queries.size < QUERIES + 100 && i < titles.length; i++) {
    const words = (titles[(i * 7919) % titles.length] ?? '').toLowerCase().split(/\s+/);
    const from = i % Math.max(1, words.length - 1);
    queries.add(words.slice(from, from + 1 + (i % 4)).join(' '));
  }
  return [...queries];
}

function at(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2);
}
