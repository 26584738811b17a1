import { setTimeout as rest } from 'node:timers/promises';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { type FaultTest, type FaultTestOptions, type FaultTestResult, requireProgress } from './faultTest.js';
import { makeLoadCatalog } from './load/loadCatalog.js';
import { reindexWith } from './load/reindexer.js';
import { type Latencies, queriesOf, searchWith } from './load/searchers.js';
import { ServiceProcess } from './load/serviceProcess.js';
import { missingWrites, writeWith } from './load/writers.js';

const CLIENTS = 8;
const WRITES_PER_SECOND = 50;
/** Milliseconds between two requests of a client: eight clients send 80 per second. */
const PAUSE = 100;
/** Maximum ratio of the p95 under load to the p95 without. */
const MAX_RATIO = 2;

export interface LoadPlan {
  readonly products: number;
  /** Seconds per part. */
  readonly warm: number;
  readonly quiet: number;
  readonly loaded: number;
  /** Seconds with clients that never pause, without and with load; 0 skips them. */
  readonly relentless: number;
}

/**
 * Eight clients search a service for 30 seconds per round, each ten times a second, during continuous reindexes and 50
 * writes per second; before that the same clients search without load. Guarantees: no search or write fails, every
 * acknowledged write is there afterwards, and the p95 under load is at most twice the p95 without.
 */
export const testLoad: FaultTest = requireProgress({ always: ['requests'] }, async (options) => {
  const plan = {
    products: 4000,
    warm: 5,
    quiet: Math.min(60, 15 * options.rounds),
    loaded: 30 * options.rounds,
  };
  const result = await runLoad({ ...plan, relentless: 10 }, options);
  const { ratio = 0 } = result.figures;
  if (ratio <= MAX_RATIO) return result;
  const what = `p95 under load is ${ratio.toFixed(2)} times the p95 without load`;
  return { ...result, violations: [...result.violations, { seed: options.seed, what }] };
});

/** The same without a limit on latency. */
export async function runLoad(
  plan: LoadPlan,
  { seed, log }: Omit<FaultTestOptions, 'rounds'>,
): Promise<FaultTestResult> {
  const random = seededRandom(seed);
  const catalog = await makeLoadCatalog(plan.products, random);
  try {
    const service = await ServiceProcess.start(catalog);
    try {
      const queries = queriesOf(catalog.products, seededRandom(seed + 1));
      const searching = (seconds: number, pause = PAUSE): Promise<Latencies> =>
        searchWith(service, queries, { clients: CLIENTS, pause }, rest(seconds * 1000));
      await searching(plan.warm);
      await service.metrics();
      const quiet = await searching(plan.quiet);
      const withoutLoad = await service.metrics();
      log(`quiet: ${describe(quiet)}`);
      const quietRelentless = await searching(plan.relentless, 0);
      log(`quiet, without pauses: ${describe(quietRelentless)}`);

      await service.metrics();
      const until = rest((plan.loaded + plan.relentless) * 1000);
      const writing = writeWith(service, catalog.products, WRITES_PER_SECOND, random, until);
      const reindexing = reindexWith(service, { pause: 500, enrich: true }, until);
      const loaded = await searching(plan.loaded);
      const underLoad = await service.metrics();
      log(`loaded: ${describe(loaded)}`);
      const loadedRelentless = await searching(plan.relentless, 0);
      log(`loaded, without pauses: ${describe(loadedRelentless)}`);
      const written = await writing;
      const reindexed = await reindexing;
      const missing = await missingWrites(service, written);
      const after = await service.metrics();

      const all = [quiet, quietRelentless, loaded, loadedRelentless];
      const failed = [...all.flatMap(({ failures }) => failures), ...written.failures, ...reindexed.failures];
      const violations = [...failed, ...missing];
      if (!service.running) violations.push('the service exited');
      const at = (waited: Pick<Latencies, 'milliseconds'>, share: number) =>
        percentile(waited.milliseconds, share);
      return {
        figures: {
          products: catalog.products.length,
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
          loopP99Quiet:
            1000 * (withoutLoad.get('shelfwright_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
          loopP99Loaded: 1000 * (underLoad.get('shelfwright_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
          loopMaxLoaded: 1000 * (underLoad.get('shelfwright_nodejs_eventloop_lag_max_seconds') ?? Number.NaN),
          rssMb: (after.get('shelfwright_process_resident_memory_bytes') ?? Number.NaN) / 2 ** 20,
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

function percentile(milliseconds: readonly number[], share: number): number {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function describe({ milliseconds, failures }: Latencies): string {
  const at = (share: number): string => percentile(milliseconds, share).toFixed(1);
  return `${milliseconds.length} searches, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms, ${failures.length} failed`;
}
