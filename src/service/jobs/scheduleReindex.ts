import { type JobsSettings, jobsSchema } from '../../configuration/jobs.js';
import type { LiveIndex } from '../../index/live.js';
import type { JobQueue } from './jobQueue.js';

/** How many of the latest jobs are looked at for the last reindex. */
const LOOKED_AT = 200;
const MINUTE = 60 * 1000;

type DeltaSettings = Pick<JobsSettings, 'max_delta_products' | 'max_delta_share' | 'delta_retry_minutes'>;

/** Products that were written since the generation was built, each version of one counted. */
export function deltaSize({ size, generation }: LiveIndex): number {
  return size - generation.counts.products;
}

/**
 * Queues a reindex where the delta has grown past its limit (products written since are scanned one by one for vectors,
 * and beyond it that is felt) and none is under way; whether it did.
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
  const latest = jobs.list(LOOKED_AT).find(({ kind }) => kind === 'reindex');
  if (latest !== undefined) {
    if (latest.finished === null) return false;
    const age = now - Date.parse(latest.finished);
    if (latest.state !== 'done' && age < settings.delta_retry_minutes * MINUTE) return false;
  }
  jobs.submit('reindex', { enrich: true, allow_shrink: false });
  return true;
}
