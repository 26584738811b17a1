import { setTimeout as rest } from 'node:timers/promises';
import { z } from 'zod';
import type { ServiceProcess } from './serviceProcess.js';

const POLL_INTERVAL = 250;
const job = z.object({ id: z.string(), state: z.string(), error: z.string().nullable() });

export interface Reindexed {
  readonly done: number;
  readonly failures: string[];
}

/** Reindexes repeatedly, `pause` milliseconds apart, until `until` resolves; then cancels the running one. */
export async function reindexWith(
  service: ServiceProcess,
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

/** Reindexes once and returns its errors; cancels it when `over` aborts. */
export async function reindexOnce(
  service: ServiceProcess,
  enrich: boolean,
  over?: AbortSignal,
): Promise<string[]> {
  const started = await service.send({ method: 'POST', path: '/v1/reindex', body: { enrich } });
  if (started.status !== 202) return [`${started.status} to a reindex: ${started.body.slice(0, 200)}`];
  const path = `/v1/jobs/${job.parse(JSON.parse(started.body)).id}`;
  for (;;) {
    await rest(POLL_INTERVAL);
    if (over?.aborted === true) {
      await service.send({ method: 'POST', path: `${path}/cancel` });
      return [];
    }
    const answer = await service.send({ path });
    if (answer.status !== 200) return [`${answer.status} to a query of a job: ${answer.body.slice(0, 200)}`];
    const { state, error } = job.parse(JSON.parse(answer.body));
    if (state === 'done') return [];
    if (state !== 'queued' && state !== 'running') return [`a reindex ended as ${state}: ${error}`];
  }
}
