import path from 'node:path';
import { z } from 'zod';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { EventStore } from '../../src/events/eventStore.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { startService } from './searchService.js';

const CLIENTS = 6;
const MAX_EVENTS = 600;
/** Maximum delay after the last awaited event, so that the kill is not always between two writes. */
const MAX_DELAY_MS = 20;
const MAX_BATCH = 20;
const BUSY_TIMEOUT_MS = 20_000;

const answerSchema = z.object({ results: z.array(z.object({ status: z.string() })) });

/**
 * Kills a service while clients send events, at a random time or, in a third of the rounds, just before or after a commit.
 * Guarantee: every acknowledged event is stored, once, and nothing that nobody sent; a batch that is sent again after the
 * restart is not stored twice.
 */
export const testEventKills: FaultTest = requireProgress(
  { always: ['kills'], usually: ['acknowledged', 'sent again'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      1,
      async (folder) => {
        const violations: { seed: number; what: string }[] = [];
        const figures = { kills: 0, acknowledged: 0, 'sent again': 0, lost: 0, twice: 0 };
        for (let seed = first; seed < first + rounds; seed++) {
          const report = (what: string): void => {
            violations.push({ seed, what });
            log(`seed ${seed}: ${what}`);
          };
          await withCopy(folder, async (copy) => {
            const random = seededRandom(seed);
            const fault = random() < 1 / 3 ? faultOf(random) : {};
            const server = await startService(copy, fault);
            if (server.address === undefined) throw new Error(`the service did not start: ${server.why}`);
            const { address, kill } = server;
            const clients = Array.from(
              { length: CLIENTS },
              (_, at) => new EventClient(`c${at}`, seed * 31 + at),
            );
            const sending = Promise.all(clients.map((client) => client.sendUntilKilled(address)));
            const stopped = killAfter(
              clients,
              Math.floor(random() * MAX_EVENTS),
              random() * MAX_DELAY_MS,
              server,
            );
            try {
              await Promise.race([server.ended, sending]);
            } catch (error) {
              report(`an event got an unexpected answer: ${String(error)}`);
            } finally {
              await kill();
              await stopped;
            }
            await sending.catch(() => undefined);
            figures.kills++;
            const again = await startService(copy);
            if (again.address === undefined) return report(`the service did not start again: ${again.why}`);
            try {
              for (const client of clients) figures['sent again'] += await client.sendAgain(again.address);
            } finally {
              await again.kill();
            }
            const counts = storedIn(copy);
            const sent = new Set(clients.flatMap((client) => [...client.acknowledged]));
            figures.acknowledged += sent.size;
            for (const id of sent) {
              if (counts.has(id)) continue;
              figures.lost++;
              report(`the acknowledged event ${id} is lost`);
            }
            for (const [id, count] of counts) {
              if (!sent.has(id)) report(`the event ${id} is stored, but nobody sent it`);
              if (count === 1) continue;
              figures.twice++;
              report(`the event ${id} is stored ${count} times`);
            }
          });
          if ((seed - first + 1) % 10 === 0)
            log(`${seed - first + 1} of ${rounds}, ${figures.acknowledged} events`);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

/** Sends events without pause, one request at a time, and knows which were acknowledged. */
class EventClient {
  /** By the id of the product, which each event has its own of. */
  readonly acknowledged = new Set<string>();
  #unanswered: readonly string[] = [];
  #made = 0;
  readonly #random: () => number;

  constructor(
    private readonly name: string,
    seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  /** Resolves when the service is gone. @throws Error for an unexpected answer. */
  async sendUntilKilled(address: string): Promise<void> {
    for (;;) {
      const count = 1 + Math.floor(this.#random() * MAX_BATCH);
      this.#unanswered = Array.from({ length: count }, () => `${this.name}-${this.#made++}`);
      try {
        await this.#send(address);
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  }

  /** Sends the batch again whose answer did not arrive, and returns its size. */
  async sendAgain(address: string): Promise<number> {
    const { length } = this.#unanswered;
    if (length > 0) await this.#send(address);
    return length;
  }

  /** @throws TypeError if there is no answer. */
  async #send(address: string): Promise<void> {
    const response = await fetch(`${address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: this.#unanswered.map((id) => `${JSON.stringify(eventOf(id))}\n`).join(''),
    });
    const body: unknown = await response.json();
    if (response.status === 503) return;
    const { results } = answerSchema.parse(body);
    if (results.length !== this.#unanswered.length || results.some(({ status }) => status === 'refused'))
      throw new Error(`answered ${response.status}: ${JSON.stringify(body).slice(0, 200)}`);
    for (const id of this.#unanswered) this.acknowledged.add(id);
    this.#unanswered = [];
  }
}

function eventOf(id: string): object {
  return {
    action_name: 'click',
    timestamp: new Date().toISOString(),
    client_id: id.split('-')[0],
    event_attributes: { event_id: id, object: { object_id: id }, position: { ordinal: 1 } },
  };
}

/** Kills the service after so many acknowledged events in total and a delay. */
async function killAfter(
  clients: readonly EventClient[],
  events: number,
  delay: number,
  { ended, kill }: { readonly ended: Promise<unknown>; kill(): Promise<void> },
): Promise<void> {
  const until = performance.now() + BUSY_TIMEOUT_MS;
  let exited = false;
  void ended.then(() => {
    exited = true;
  });
  const sent = (): number => clients.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  while (!exited && sent() < events && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, delay));
  await kill();
}

/** How often each event is stored, by the id of its product. */
function storedIn(folder: string): Map<string, number> {
  const counts = new Map<string, number>();
  const store = new EventStore(path.join(folder, 'data'), BUSY_TIMEOUT_MS);
  try {
    for (const { objectId } of store.between(0, Number.MAX_SAFE_INTEGER))
      counts.set(String(objectId), (counts.get(String(objectId)) ?? 0) + 1);
  } finally {
    store.close();
  }
  return counts;
}

function faultOf(random: () => number): Record<string, string> {
  const point = random() < 0.5 ? 'store.commit' : 'store.committed';
  return { SHELFWRIGHT_FAULT: `${point}:${1 + Math.floor(random() * 40)}` };
}
