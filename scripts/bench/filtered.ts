import { currentGeneration } from '../../src/index/generation/generations.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { Bitset } from '../../src/structures/bitset.js';
import { indexCatalog } from './indexCatalog.js';

const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const QUERIES = 200;
const DEPTHS = [10, 100];

/** Nearest-neighbour search under filters of different selectivity, compared with an exact scan. */
export async function benchFiltered(named: string | undefined): Promise<void> {
  const { name, indexesDir, remove } = await indexCatalog(named);
  try {
    const index = await openGeneration(indexesDir, (await currentGeneration(indexesDir)) ?? '');
    console.log(`nearest under filters, ${name}: ${index.live} products, ${QUERIES} queries`);
    const queries = queriesOf(index);
    for (const k of DEPTHS) for (const rate of RATES) measure(index, queries, k, rate);
    index.close();
  } finally {
    await remove();
  }
}

function measure(index: LiveIndex, queries: readonly Float32Array[], k: number, rate: number): void {
  const alive = index.aliveSet().toArray();
  const ordinals = alive.filter((ordinal) => spread(ordinal) < rate);
  const pass = Bitset.of(index.size, ordinals);
  const times: number[] = [];
  const exactTimes: number[] = [];
  let found = 0;
  let wanted = 0;
  for (const query of queries) {
    let started = performance.now();
    const exact = index.cosines(query, ordinals).filter((cosine) => !Number.isNaN(cosine));
    exact.sort().reverse();
    exactTimes.push(performance.now() - started);
    started = performance.now();
    const { cosines } = index.nearestAmong(query, k, pass);
    times.push(performance.now() - started);
    const best = exact.subarray(0, k);
    const last = (best.at(-1) ?? 2) - 1e-6;
    wanted += best.length;
    found += cosines.filter((cosine) => cosine >= last).length;
  }
  console.log(
    `  k ${String(k).padStart(3)}  pass ${(100 * rate).toFixed(1).padStart(5)} %  recall ${(found / Math.max(1, wanted)).toFixed(4)}` +
      `  p50 ${middle(times)} ms  (exact scan: ${middle(exactTimes)} ms)`,
  );
}

/** Query vectors between two products, at a realistic distance from titles; deterministic. */
function queriesOf(index: LiveIndex): Float32Array[] {
  const queries: Float32Array[] = [];
  for (let i = 1; queries.length < QUERIES && i < 100 * QUERIES; i++) {
    const one = index.vectorOf((i * 7919) % index.size);
    const other = index.vectorOf((i * 104_729) % index.size);
    if (one !== undefined && other !== undefined) queries.push(one.map((x, d) => x + 0.6 * (other[d] ?? 0)));
  }
  return queries;
}

/** A pseudo-random number from 0 to 1 per ordinal (Knuth's multiplicative hash). */
function spread(ordinal: number): number {
  return ((ordinal * 2_654_435_761) % 2 ** 32) / 2 ** 32;
}

function middle(times: number[]): string {
  return (times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN).toFixed(2);
}
