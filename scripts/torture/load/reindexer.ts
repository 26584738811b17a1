import { setTimeout as rest } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from './startService.js';

const LOOK_EVERY = 250;
const job = z.object({ id: z.string(), state: z.string(), error: z.string().nullable() });

export interface Reindexed {
  done: number;
  readonly failures: string[];
}

/** One reindex job after the other, `pause` milliseconds between, until `until` resolves; the last is waited for unless it is cancelled. */
export async function reindexWith(
  service: Service,
  { pause, enrich }: { pause: number; enrich: boolean },
  until: Promise<unknown>,
): Promise<Reindexed> {
  const reindexed: Reindexed = { done: 0, failures: [] };
  let over = false;
  void until.then(() => {
    over = true;
  });
  while (!over) {
    const asked = await service.ask({ method: 'POST', path: '/v1/reindex', body: { enrich } });
    if (asked.status !== 202) {
      reindexed.failures.push(`${asked.status} to a reindex: ${asked.body.slice(0, 200)}`);
      return reindexed;
    }
    const path = `/v1/jobs/${job.parse(JSON.parse(asked.body)).id}`;
    for (let state = 'queued'; state === 'queued' || state === 'running'; ) {
      await rest(LOOK_EVERY);
      if (over) {
        await service.ask({ method: 'POST', path: `${path}/cancel` });
        return reindexed;
      }
      const look = await service.ask({ path });
      if (look.status !== 200) {
        reindexed.failures.push(`${look.status} to a look at a job: ${look.body.slice(0, 200)}`);
        return reindexed;
      }
      const stands = job.parse(JSON.parse(look.body));
      ({ state } = stands);
      if (state === 'done') reindexed.done++;
      if (state === 'failed') reindexed.failures.push(`a reindex failed: ${stands.error}`);
    }
    await rest(pause);
  }
  return reindexed;
}
