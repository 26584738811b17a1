import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { openStore } from '../../src/store/open.js';
import { tellTrouble } from '../tellTrouble.js';
import { indexed } from './indexed.js';

const REAL_QUERIES = '../shared/data/bestbuy-queries/queries.tsv';
const CLIENTS = 8;
const QUERIES = 1000;
const ROUNDS = 2;

/**
 * What clients wait for over HTTP: searches and completions as one types, by one client and by eight at once, each
 * asking again as soon as it is answered; beside them a route that does nothing. Queries are what people typed into a
 * shop, where that lies beside, and words of the catalog's own titles; none is asked twice in the first round.
 */
export async function benchServing(named: string | undefined, queriesFile?: string): Promise<void> {
  const shop = await indexed(named);
  const flags = ['--data', shop.dataDir, '--indexes', shop.indexesDir, '--query-log-days', '0'];
  const server = spawn(process.execPath, ['bin/shelfwright', 'serve', '--port', '0', '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  tellTrouble(server.stderr);
  try {
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (chunk) => resolve(JSON.parse(String(chunk)).address));
      server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    });
    const queries = await queriesFor(shop.dataDir, queriesFile);
    console.log(`serving ${shop.name}: ${queries.length} queries, asked anew ${ROUNDS} times`);
    const search = queries.map((q) => `${address}/v1/search?q=${encodeURIComponent(q)}`);
    const faceted = search.map((url) => `${url}&facets=brand,category,*`);
    const typed = queries.flatMap((q) => [2, 4, 7].map((n) => q.slice(0, n)));
    const suggest = typed.map((q) => `${address}/v1/suggest?q=${encodeURIComponent(q)}`);
    const live = search.map(() => `${address}/health/live`);
    await walk(live, CLIENTS);
    report('floor: /health/live, 8 clients', await walk(live, CLIENTS));
    for (let round = 1; round <= ROUNDS; round++) {
      const said = round === 1 ? 'first asked' : 'asked again';
      report(`search, 8 clients, ${said}`, await walk(search, CLIENTS));
    }
    report('search with facets, 8 clients', await walk(faceted, CLIENTS));
    report('search, 1 client', await walk(search, 1));
    report('suggest, 8 clients', await walk(suggest, CLIENTS));
    report('suggest, 1 client', await walk(suggest, 1));
  } finally {
    server.kill('SIGTERM');
    await shop.remove();
  }
}

async function queriesFor(dataDir: string, file = REAL_QUERIES): Promise<string[]> {
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

interface Walked {
  readonly milliseconds: number[];
  readonly seconds: number;
}

/** Every URL once, by so many clients that each ask the next one when the last is answered. */
async function walk(urls: readonly string[], clients: number): Promise<Walked> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const milliseconds: number[] = [];
  const started = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      const asked = performance.now();
      await answered(url, agent);
      milliseconds.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { milliseconds, seconds: (performance.now() - started) / 1000 };
}

function answered(url: string, agent: Agent): Promise<void> {
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

function report(name: string, { milliseconds, seconds }: Walked): void {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): string =>
    `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1).padStart(6)} ms`;
  console.log(
    `  ${name.padEnd(34)} p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  ${(sorted.length / seconds).toFixed(0).padStart(6)} a second`,
  );
}
