import { setTimeout as rest } from 'node:timers/promises';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { median } from '../median.js';
import { type FaultTest, type FaultTestOptions, type FaultTestResult, requireProgress } from './faultTest.js';
import { makeLoadCatalog } from './load/loadCatalog.js';
import { reindexOnce } from './load/reindexer.js';
import { queriesOf, searchWith } from './load/searchers.js';
import { ServiceProcess } from './load/serviceProcess.js';
import { missingWrites, writeWith } from './load/writers.js';

/** Preloaded code that collects garbage on SIGUSR2; twice, because the first run may release more. */
const COLLECTOR = `data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => { gc(); gc(); });")}`;
/** Milliseconds to wait for a garbage collection. */
const COLLECTION_MS = 1500;
/** Maximum share by which memory may grow after warming up. */
const MAX_GROWTH = 0.05;
const WRITES_PER_SECOND = 25;
const CLIENTS = 4;
const PAUSE = 50;

export interface SoakPlan {
  readonly products: number;
  /** Number of parts, each with searches, writes and a reindex; the first `warm` parts warm up. */
  readonly parts: number;
  readonly warm: number;
  /** Seconds of each part, without the reindex. */
  readonly seconds: number;
  /** Maximum share by which memory may grow from the first parts after warming up to the last. */
  readonly growth: number;
}

/**
 * Searches and writes to a service for one minute per round, with a reindex every twenty seconds and a constant number
 * of products. After each reindex it collects garbage and measures memory. Guarantee: from the first third after warming
 * up to the last, heap and resident memory grow by at most 5 %.
 */
export const testSoak: FaultTest = requireProgress({ always: ['searches', 'writes'] }, (options) => {
  const parts = Math.max(9, 3 * options.rounds);
  return runSoak(
    { products: 2000, parts, warm: Math.ceil(parts / 3), seconds: 20, growth: MAX_GROWTH },
    options,
  );
});

interface MemorySample {
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

export async function runSoak(
  plan: SoakPlan,
  { seed, log }: Omit<FaultTestOptions, 'rounds'>,
): Promise<FaultTestResult> {
  const random = seededRandom(seed);
  const catalog = await makeLoadCatalog(plan.products, random);
  try {
    const service = await ServiceProcess.start(catalog, ['--expose-gc', `--import=${COLLECTOR}`]);
    try {
      const violations: string[] = [];
      const samples: MemorySample[] = [];
      let searches = 0;
      let writes = 0;
      let products = catalog.products;
      for (let part = 0; part < plan.parts; part++) {
        // New queries in each part, because caches are limited by number, not by age.
        const queries = queriesOf(catalog.products, seededRandom(seed + part));
        const until = rest(plan.seconds * 1000);
        const [searched, written] = await Promise.all([
          searchWith(service, queries, { clients: CLIENTS, pause: PAUSE }, until),
          writeWith(service, products, WRITES_PER_SECOND, random, until),
        ]);
        searches += searched.milliseconds.length;
        writes += written.milliseconds.length;
        products = written.products;
        violations.push(
          ...searched.failures,
          ...written.failures,
          ...(await missingWrites(service, written)),
        );
        violations.push(...(await reindexOnce(service, part % 3 === 0)));
        const held = await measure(service);
        samples.push(held);
        log(
          `part ${part + 1} of ${plan.parts}: ${mb(held.rss)} MB resident, ${mb(held.heap)} MB heap, ${mb(held.external)} MB beside it, ${products.length} products`,
        );
      }
      const settled = samples.slice(plan.warm);
      const third = Math.max(1, Math.floor(settled.length / 3));
      const grown = (of: (held: MemorySample) => number): number =>
        median(settled.slice(-third).map(of)) / median(settled.slice(0, third).map(of)) - 1;
      const growth = {
        resident: grown(({ rss }) => rss),
        held: grown(({ heap, external }) => heap + external),
      };
      for (const [what, share] of Object.entries(growth)) {
        if (share > plan.growth)
          violations.push(`memory ${what} grew by ${(100 * share).toFixed(1)} % after warming up`);
      }
      const last = samples.at(-1);
      return {
        figures: {
          parts: plan.parts,
          searches,
          writes,
          products: products.length,
          rssMb: mb(last?.rss),
          heapMb: mb(last?.heap),
          externalMb: mb(last?.external),
          residentGrowthPercent: 100 * growth.resident,
          heldGrowthPercent: 100 * growth.held,
        },
        violations: violations.map((what) => ({ seed, what })),
      };
    } finally {
      await service.stop();
    }
  } finally {
    await catalog.remove();
  }
}

async function measure(service: ServiceProcess): Promise<MemorySample> {
  // The service checks twice a second for a new generation and releases the old one.
  await rest(1000);
  process.kill(service.pid, 'SIGUSR2');
  await rest(COLLECTION_MS);
  const metrics = await service.metrics();
  const figure = (name: string): number => metrics.get(`shelfwright_${name}`) ?? Number.NaN;
  return {
    rss: figure('process_resident_memory_bytes'),
    heap: figure('nodejs_heap_size_used_bytes'),
    external: figure('nodejs_external_memory_bytes'),
  };
}

function mb(bytes = Number.NaN): number {
  return Math.round(bytes / 2 ** 20);
}
