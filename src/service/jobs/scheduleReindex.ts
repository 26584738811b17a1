import { type JobsSettings, jobsSchema } from '../../configuration/jobs.js';
import { sentenceOf } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { JobQueue } from './jobQueue.js';

/** The last reindex is looked for among so many of the latest jobs. */
const LATEST_JOBS = 200;
const MINUTE = 60 * 1000;

type DeltaSettings = Pick<JobsSettings, 'max_delta_products' | 'max_delta_share' | 'delta_retry_minutes'>;

/** How often a watch compares the delta with its limit, in milliseconds. */
const CHECK_INTERVAL_MS = 10_000;

/** Products written since the generation was built; each version of a product counts. */
export function deltaSize({ size, generation }: LiveIndex): number {
  return size - generation.counts.products;
}

/**
 * Queues a reindex where the delta is over its limit and no reindex is queued or running; true if it did. The vectors
 * of the delta are scanned one by one, so a large delta slows searches.
 */
export function scheduleReindex(
  index: LiveIndex,
  jobs: Pick<JobQueue, 'list' | 'submit'>,
  now: number,
  settings: DeltaSettings = jobsSchema.parse({}),
): boolean {
  const max = Math.max(
    settings.max_delta_products,
    settings.max_delta_share * index.generation.counts.products,
  );
  if (deltaSize(index) <= max) return false;
  const latest = jobs.list(LATEST_JOBS).find(({ kind }) => kind === 'reindex');
  if (latest !== undefined) {
    if (latest.finished === null) return false;
    const age = now - Date.parse(latest.finished);
    if (latest.state !== 'done' && age < settings.delta_retry_minutes * MINUTE) return false;
  }
  jobs.submit('reindex', { enrich: true, allow_shrink: false });
  return true;
}

/** Calls `scheduleReindex` at intervals until it is closed. */
export class DeltaWatch {
  /** Why the last attempt to queue a reindex failed; undefined where it did not. */
  problem: string | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(index: () => LiveIndex, jobs: Pick<JobQueue, 'list' | 'submit'>, settings: DeltaSettings) {
    this.#timer = setInterval(() => {
      try {
        scheduleReindex(index(), jobs, Date.now(), settings);
        this.problem = undefined;
      } catch (error) {
        this.problem = `The delta is over its limit, and no reindex could be queued: ${sentenceOf(error)}`;
      }
    }, CHECK_INTERVAL_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
