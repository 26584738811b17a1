import { setTimeout as rest } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from './startService.js';

const LOOK_EVERY = 250;
const job = z.object({ id: z.string(), state: z.string(), error: z.string().nullable() });

export interface Reindexed {
  readonly done: number;
  readonly failures: string[];
}

/** One reindex after the other, `pause` milliseconds between, until `until` resolves; the last one is cancelled then. */
export async function reindexWith(
  service: Service,
  { pause, enrich }: { pause: number; enrich: boolean },
  until: Promise<unknown>,
): Promise<Reindexed> {
  const failures: string[] = [];
  const over = new AbortController();
  void until.then(() => over.abort());
  let done = 0;
  while (!over.signal.aborted && failures.length === 0) {
    failures.push(...(await reindexOnce(service, enrich, over.signal)));
    if (failures.length === 0 && !over.signal.aborted) done++;
    await rest(pause);
  }
  return { done, failures };
}

/** One reindex, waited for unless `over` comes first; what went wrong with it. */
export async function reindexOnce(service: Service, enrich: boolean, over?: AbortSignal): Promise<string[]> {
  const asked = await service.ask({ method: 'POST', path: '/v1/reindex', body: { enrich } });
  if (asked.status !== 202) return [`${asked.status} to a reindex: ${asked.body.slice(0, 200)}`];
  const path = `/v1/jobs/${job.parse(JSON.parse(asked.body)).id}`;
  for (;;) {
    await rest(LOOK_EVERY);
    if (over?.aborted === true) {
      await service.ask({ method: 'POST', path: `${path}/cancel` });
      return [];
    }
    const look = await service.ask({ path });
    if (look.status !== 200) return [`${look.status} to a look at a job: ${look.body.slice(0, 200)}`];
    const { state, error } = job.parse(JSON.parse(look.body));
    if (state === 'done') return [];
    if (state !== 'queued' && state !== 'running') return [`a reindex ended as ${state}: ${error}`];
  }
}
