import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listWithCurrent } from '../../src/catalog/generations.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import { KnownQueries } from '../../src/search/suggest/knownQueries.js';
import { Suggester } from '../../src/search/suggest/suggester.js';
import { readQueryFile } from '../../src/service/queries/readQueryFile.js';
import { catalogFile, readCatalog } from './catalog.js';
import { runCommand } from './runCommand.js';

const REAL_QUERIES = '../shared/data/bestbuy-queries/queries.tsv';
const TITLES = 200;
const TITLE_WORDS = 4;
const MAX_KEYSTROKES = 8000;
const WARM_UP = 500;

/**
 * Completes every prefix of queries and titles, none twice, compared with one binary search in a sorted list of the
 * catalog's words; also the time to build the suggester and its memory.
 */
export async function benchSuggesting(named: string | undefined, queriesFile = REAL_QUERIES): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  const indexes = path.join(folder, 'indexes');
  const flags = ['--data', path.join(folder, 'data'), '--indexes', indexes];
  try {
    await runCommand(['import', file, ...flags]);
    await runCommand(['reindex', '--no-enrich', ...flags]);
    const current = (await listWithCurrent(indexes)).find((each) => each.current);
    const index = await openGeneration(indexes, current?.id ?? '');
    const queries = existsSync(queriesFile)
      ? readQueryFile(queriesFile, readFileSync(queriesFile, 'utf8')).queries
      : [];
    const known = new KnownQueries(queries);
    const before = usedBytes();
    const started = performance.now();
    const suggester = new Suggester(index);
    const built = performance.now() - started;
    const after = usedBytes();
    const words: string[] = [];
    index.lexical.forEachWord((word) => words.push(word));
    words.sort();

    const titles = (await readCatalog(file)).map(({ title }) => title ?? '');
    const typed = keystrokes([...queries.map(({ text }) => text), ...someOf(titles)]);
    const times: number[] = [];
    const floors: number[] = [];
    let listed = 0;
    for (const [place, q] of typed.entries()) {
      const asked = performance.now();
      const { suggestions } = suggester.suggest({ q, limit: 10 }, known);
      const answered = performance.now();
      const found = lowerBound(words, q);
      const floor = performance.now() - answered;
      if (place < WARM_UP || found < 0) continue;
      times.push(answered - asked);
      floors.push(floor);
      listed += suggestions.length;
    }
    console.log(
      `suggesting ${file}: ${index.live} products, ${queries.length} queries, ${times.length} keystrokes, ${(listed / times.length).toFixed(1)} suggestions each`,
    );
    console.log(
      `  built in ${built.toFixed(0)} ms${before === undefined || after === undefined ? ' (node --expose-gc also measures memory)' : `, holds ${((after - before) / 1e6).toFixed(1)} MB`}`,
    );
    show('shelfwright', times);
    show('floor: one bisection', floors);
    index.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every prefix of every text once; sampled evenly if there are too many. */
function keystrokes(texts: readonly string[]): string[] {
  const all = new Set<string>();
  for (const text of texts) for (let end = 1; end <= text.length; end++) all.add(text.slice(0, end));
  const step = Math.max(1, Math.floor(all.size / MAX_KEYSTROKES));
  return [...all].filter((_, place) => place % step === 0);
}

function someOf(titles: readonly string[]): string[] {
  return Array.from({ length: Math.min(TITLES, titles.length) }, (_, i) =>
    (titles[(i * 7919) % titles.length] ?? '').toLowerCase().split(/\s+/).slice(0, TITLE_WORDS).join(' '),
  );
}

function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bytes in use after a garbage collection; undefined without --expose-gc. */
function usedBytes(): number | undefined {
  if (globalThis.gc === undefined) return undefined;
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function show(name: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(4);
  console.log(`  ${name.padEnd(24)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms`);
}
