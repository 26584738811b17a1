import type { LiveIndex } from '../../index/live.js';
import type { JobQueue } from './jobQueue.js';

/** Products written since the generation was built are scanned one by one for vectors; beyond this many it is felt. */
const MOST_WRITTEN = 5000;
/** A larger catalog bears more: this share of the generation's products. */
const MOST_SHARE = 0.2;
/** A reindex that came to nothing is not asked for again before this long, in milliseconds. */
const AFTER_FAILURE = 60 * 60 * 1000;

/** Products that were written since the generation was built, each version of one counted. */
export function deltaSize({ size, generation }: LiveIndex): number {
  return size - generation.counts.products;
}

/** Queues a reindex where the delta has grown past its limit and none is under way; whether it did. */
export function foldDelta(index: LiveIndex, jobs: Pick<JobQueue, 'list' | 'submit'>, now: number): boolean {
  const most = Math.max(MOST_WRITTEN, MOST_SHARE * index.generation.counts.products);
  if (deltaSize(index) <= most) return false;
  const [latest] = jobs.list(1);
  if (latest !== undefined) {
    if (latest.finished === null) return false;
    if (latest.state !== 'done' && now - Date.parse(latest.finished) < AFTER_FAILURE) return false;
  }
  jobs.submit('reindex', { enrich: true, allow_shrink: false });
  return true;
}
