import { setTimeout as rest } from 'node:timers/promises';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { median } from '../median.js';
import { makeShop } from './load/makeShop.js';
import { reindexOnce } from './load/reindexer.js';
import { queriesOf, searchWith } from './load/searchers.js';
import { Service } from './load/startService.js';
import { missingOf, writeWith } from './load/writers.js';
import type { Torture, Trial, Verdict } from './torture.js';

/** Preloaded, so that on SIGUSR2 garbage is collected and what is measured then is what is held; twice, for what the first lets go of. */
const COLLECTOR = `data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => { gc(); gc(); });")}`;
/** What a collection takes at most, in milliseconds. */
const COLLECTING = 1500;
/** Of what is held after warming up. */
const MAX_GROWTH = 0.05;
const WRITES_A_SECOND = 25;
const CLIENTS = 4;
const PAUSE = 50;

export interface SoakPlan {
  readonly products: number;
  /** Parts of search and writes, a reindex after each, and how many of them warm up. */
  readonly parts: number;
  readonly warm: number;
  /** Seconds of each, without the reindex. */
  readonly seconds: number;
  /** By what share the memory held may grow from the first parts after warming up to the last. */
  readonly growth: number;
}

/**
 * Searches and writes the real service for a minute a round, with a reindex every twenty seconds and the number of
 * products level. After each reindex the garbage is collected and memory measured: from the first third after warming
 * up to the last it may grow by 5 %, both what JavaScript holds and what is resident.
 */
export const tortureSoak: Torture = (trial) => {
  const parts = Math.max(9, 3 * trial.rounds);
  return trySoak(
    { products: 2000, parts, warm: Math.ceil(parts / 3), seconds: 20, growth: MAX_GROWTH },
    trial,
  );
};

interface Held {
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

export async function trySoak(plan: SoakPlan, { seed, tell }: Omit<Trial, 'rounds'>): Promise<Verdict> {
  const random = seededRandom(seed);
  const shop = await makeShop(plan.products, random);
  try {
    const service = await Service.start(shop, ['--expose-gc', `--import=${COLLECTOR}`]);
    try {
      const broken: string[] = [];
      const samples: Held[] = [];
      let searches = 0;
      let writes = 0;
      let products = shop.products;
      for (let part = 0; part < plan.parts; part++) {
        // Queries anew each time, for what is remembered of those asked is bounded by number, not by time.
        const queries = queriesOf(shop.products, seededRandom(seed + part));
        const until = rest(plan.seconds * 1000);
        const [searched, written] = await Promise.all([
          searchWith(service, queries, { clients: CLIENTS, pause: PAUSE }, until),
          writeWith(service, products, WRITES_A_SECOND, random, until),
        ]);
        searches += searched.milliseconds.length;
        writes += written.milliseconds.length;
        products = written.standing;
        broken.push(...searched.failures, ...written.failures, ...(await missingOf(service, written)));
        broken.push(...(await reindexOnce(service, part % 3 === 0)));
        const held = await measure(service);
        samples.push(held);
        tell(
          `part ${part + 1} of ${plan.parts}: ${mb(held.rss)} MB resident, ${mb(held.heap)} MB heap, ${mb(held.external)} MB beside it, ${products.length} products`,
        );
      }
      const settled = samples.slice(plan.warm);
      const third = Math.max(1, Math.floor(settled.length / 3));
      const grown = (of: (held: Held) => number): number =>
        median(settled.slice(-third).map(of)) / median(settled.slice(0, third).map(of)) - 1;
      const growth = {
        resident: grown(({ rss }) => rss),
        held: grown(({ heap, external }) => heap + external),
      };
      for (const [what, share] of Object.entries(growth)) {
        if (share > plan.growth)
          broken.push(`memory ${what} grew by ${(100 * share).toFixed(1)} % after warming up`);
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
        broken: broken.map((what) => ({ seed, what })),
      };
    } finally {
      await service.stop();
    }
  } finally {
    await shop.remove();
  }
}

async function measure(service: Service): Promise<Held> {
  // The service looks twice a second for what to serve, and lets go of what it served.
  await rest(1000);
  process.kill(service.pid, 'SIGUSR2');
  await rest(COLLECTING);
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
