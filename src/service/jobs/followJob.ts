import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '../../domain/job.js';

export interface Following {
  /** Ends the following at once. */
  readonly signal: AbortSignal;
  /** Milliseconds between looks at the job. */
  readonly intervalMs: number;
  /** Milliseconds without a change after which undefined is given, to show that the following goes on. */
  readonly idleMs: number;
}

/** A job now and after each change, until it has ended; the last one is finished, unless the job is gone. */
export async function* followJob(
  look: () => Job | undefined,
  { signal, intervalMs, idleMs }: Following,
): AsyncGenerator<Job | undefined> {
  let shown = '';
  let since = performance.now();
  while (!signal.aborted) {
    const job = look();
    if (job === undefined) return;
    const text = JSON.stringify(job);
    if (text !== shown) {
      yield job;
      shown = text;
      since = performance.now();
    } else if (performance.now() - since >= idleMs) {
      yield undefined;
      since = performance.now();
    }
    if (job.finished !== null) return;
    await wait(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
