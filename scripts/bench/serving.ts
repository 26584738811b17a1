import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { openStore } from '../../src/store/open.js';
import { forwardErrors } from '../forwardErrors.js';
import { type IndexedCatalog, indexCatalog } from './indexCatalog.js';

const REAL_QUERIES = '../shared/data/bestbuy-queries/queries.tsv';
const CLIENTS = 8;
const QUERIES = 1000;
const ROUNDS = 2;

/**
 * Latency over HTTP of searches and of completions while typing, with one client and with eight concurrent ones, each
 * without pauses; compared with a route that does nothing. Queries are real ones, if the file exists, and words of titles;
 * none is repeated in the first round.
 */
export async function benchServing(named: string | undefined, queriesFile?: string): Promise<void> {
  const catalog = await indexCatalog(named);
  const server = serve(catalog, ['--query-log-days', '0']);
  try {
    const address = await server.address;
    const queries = await queriesFor(catalog.dataDir, queriesFile);
    console.log(`serving ${catalog.name}: ${queries.length} queries, ${ROUNDS} rounds`);
    const search = queries.map((q) => `${address}/v1/search?q=${encodeURIComponent(q)}`);
    const faceted = search.map((url) => `${url}&facets=brand,category,*`);
    const typed = queries.flatMap((q) => [2, 4, 7].map((n) => q.slice(0, n)));
    const suggest = typed.map((q) => `${address}/v1/suggest?q=${encodeURIComponent(q)}`);
    const live = search.map(() => `${address}/health/live`);
    await requestAll(live, CLIENTS);
    report('floor: /health/live, 8 clients', await requestAll(live, CLIENTS));
    for (let round = 1; round <= ROUNDS; round++) {
      const label = round === 1 ? 'first round' : 'repeated';
      report(`search, 8 clients, ${label}`, await requestAll(search, CLIENTS));
    }
    report('search with facets, 8 clients', await requestAll(faceted, CLIENTS));
    report('search, 1 client', await requestAll(search, 1));
    report('suggest, 8 clients', await requestAll(suggest, CLIENTS));
    report('suggest, 1 client', await requestAll(suggest, 1));
  } finally {
    await server.stop();
    await catalog.remove();
  }
}

/** Starts a service over a catalog. */
export function serve(
  { dataDir, indexesDir }: IndexedCatalog,
  flags: readonly string[] = [],
): { readonly address: Promise<string>; stop(): Promise<void> } {
  const where = ['--data', dataDir, '--indexes', indexesDir, ...flags];
  const server = spawn(process.execPath, ['bin/shelfwright', 'serve', '--port', '0', '--json', ...where], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  forwardErrors(server.stderr);
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const address = new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk) => resolve(JSON.parse(String(chunk)).address));
    void ended.then((code) => reject(new Error(`serve exited with ${code}`)));
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await ended;
  };
  return { address, stop };
}

/** Real queries, if the file exists, and words of titles; each once. */
export async function queriesFor(dataDir: string, file = REAL_QUERIES): Promise<string[]> {
  const real = existsSync(file)
    ? (await readFile(file, 'utf8'))
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t')[0] ?? '')
    : [];
  const store = openStore(dataDir);
  const titles: string[] = [];
  for (const { title } of store.products.each()) if (title !== undefined) titles.push(title);
  store.close();
  const queries = new Set<string>();
  for (let i = 0; queries.size < QUERIES && i < titles.length; i++) {
    const words = (titles[(i * 7919) % titles.length] ?? '').toLowerCase().split(/\s+/);
    queries.add(words.slice(0, 1 + (i % 5)).join(' '));
    const one = real[(i * 37) % Math.max(1, real.length)];
    if (one !== undefined && one.trim() !== '') queries.add(one);
  }
  queries.delete('');
  return [...queries];
}

interface Measured {
  readonly milliseconds: number[];
  readonly seconds: number;
}

/** Requests every URL once with concurrent clients without pauses. */
async function requestAll(urls: readonly string[], clients: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const milliseconds: number[] = [];
  const started = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      const sent = performance.now();
      await requestOne(url, agent);
      milliseconds.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { milliseconds, seconds: (performance.now() - started) / 1000 };
}

function requestOne(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).once('error', reject);
  });
}

function report(name: string, { milliseconds, seconds }: Measured): void {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): string =>
    `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1).padStart(6)} ms`;
  console.log(
    `  ${name.padEnd(34)} p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  ${(sorted.length / seconds).toFixed(0).padStart(6)} per second`,
  );
}
