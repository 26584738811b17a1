import { setTimeout as rest } from 'node:timers/promises';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { makeShop } from './load/makeShop.js';
import { reindexWith } from './load/reindexer.js';
import { queriesOf, searchWith, type Waited } from './load/searchers.js';
import { Service } from './load/startService.js';
import { missingOf, writeWith } from './load/writers.js';
import type { Torture, Trial, Verdict } from './torture.js';

const CLIENTS = 8;
const WRITES_A_SECOND = 50;
/** Milliseconds from one request of a client to its next: eight ask 80 times a second, which a quiet service bears. */
const PAUSE = 100;
/** Of the quiet service's p95. */
const MAX_SLOWER = 2;

export interface LoadPlan {
  readonly products: number;
  /** Seconds of each part. */
  readonly warm: number;
  readonly quiet: number;
  readonly loaded: number;
  /** Of clients that never pause, quiet and loaded; 0 leaves them out. */
  readonly relentless: number;
}

/**
 * Eight clients search the real service for 30 seconds a round, each ten times a second, while one reindex follows
 * the other and 50 products a second are written, patched or deleted; before that the same clients search it in
 * peace. No search and no write may fail, every acknowledged write must stand afterwards, and of the searches under
 * load the 95th in a hundred may take twice as long as in peace.
 */
export const tortureLoad: Torture = async (trial) => {
  const plan = { products: 4000, warm: 5, quiet: Math.min(60, 15 * trial.rounds), loaded: 30 * trial.rounds };
  const verdict = await tryLoad({ ...plan, relentless: 10 }, trial);
  const { ratio = 0 } = verdict.figures;
  if (ratio <= MAX_SLOWER) return verdict;
  const what = `p95 under load is ${ratio.toFixed(2)} times that of the quiet service`;
  return { ...verdict, broken: [...verdict.broken, { seed: trial.seed, what }] };
};

/** The same without a bound on time. */
export async function tryLoad(plan: LoadPlan, { seed, tell }: Omit<Trial, 'rounds'>): Promise<Verdict> {
  const random = seededRandom(seed);
  const shop = await makeShop(plan.products, random);
  try {
    const service = await Service.start(shop);
    try {
      const queries = queriesOf(shop.products, seededRandom(seed + 1));
      const searching = (seconds: number, pause = PAUSE): Promise<Waited> =>
        searchWith(service, queries, { clients: CLIENTS, pause }, rest(seconds * 1000));
      await searching(plan.warm);
      await service.metrics();
      const quiet = await searching(plan.quiet);
      const calm = await service.metrics();
      tell(`quiet: ${shown(quiet)}`);
      const quietRelentless = await searching(plan.relentless, 0);
      tell(`quiet, never pausing: ${shown(quietRelentless)}`);

      await service.metrics();
      const until = rest((plan.loaded + plan.relentless) * 1000);
      const writing = writeWith(service, shop.products, WRITES_A_SECOND, random, until);
      const reindexing = reindexWith(service, { pause: 500, enrich: true }, until);
      const loaded = await searching(plan.loaded);
      const strained = await service.metrics();
      tell(`loaded: ${shown(loaded)}`);
      const loadedRelentless = await searching(plan.relentless, 0);
      tell(`loaded, never pausing: ${shown(loadedRelentless)}`);
      const written = await writing;
      const reindexed = await reindexing;
      const missing = await missingOf(service, written);
      const after = await service.metrics();

      const all = [quiet, quietRelentless, loaded, loadedRelentless];
      const failed = [...all.flatMap(({ failures }) => failures), ...written.failures, ...reindexed.failures];
      const broken = [...failed, ...missing];
      if (!service.running) broken.push('the service ended');
      const at = (waited: Pick<Waited, 'milliseconds'>, share: number) =>
        percentile(waited.milliseconds, share);
      return {
        figures: {
          products: shop.products.length,
          requests: all.reduce((sum, { milliseconds }) => sum + milliseconds.length, 0),
          failed: failed.length,
          quietP50: at(quiet, 0.5),
          quietP95: at(quiet, 0.95),
          quietP99: at(quiet, 0.99),
          loadedP50: at(loaded, 0.5),
          loadedP95: at(loaded, 0.95),
          loadedP99: at(loaded, 0.99),
          loadedMax: at(loaded, 1),
          ratio: at(loaded, 0.95) / at(quiet, 0.95),
          relentlessQuietP95: at(quietRelentless, 0.95),
          relentlessLoadedP95: at(loadedRelentless, 0.95),
          relentlessQuietASecond: quietRelentless.milliseconds.length / plan.relentless,
          relentlessLoadedASecond: loadedRelentless.milliseconds.length / plan.relentless,
          writes: written.milliseconds.length,
          writesP95: at(written, 0.95),
          acknowledgedMissing: missing.length,
          reindexes: reindexed.done,
          loopP99Quiet: 1000 * (calm.get('shelfwright_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
          loopP99Loaded: 1000 * (strained.get('shelfwright_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
          loopMaxLoaded: 1000 * (strained.get('shelfwright_nodejs_eventloop_lag_max_seconds') ?? Number.NaN),
          rssMb: (after.get('shelfwright_process_resident_memory_bytes') ?? Number.NaN) / 2 ** 20,
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

function percentile(milliseconds: readonly number[], share: number): number {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function shown({ milliseconds, failures }: Waited): string {
  const at = (share: number): string => percentile(milliseconds, share).toFixed(1);
  return `${milliseconds.length} searches, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms, ${failures.length} failed`;
}
