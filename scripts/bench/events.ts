import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';
import { EventStore } from '../../src/events/eventStore.js';
import { indexCatalog } from './indexCatalog.js';
import { queriesFor, serve } from './serving.js';

const SEARCHES_PER_SECOND = 40;
const EVENTS_PER_SECOND = 1000;
/** A page sends what its shopper saw and did in two seconds. */
const EVENTS_PER_REQUEST = 10;
const WARM_SECONDS = 5;
/** Parts without and with events alternate, so that other work on the machine falls on both. */
const PARTS = 5;
const PART_SECONDS = 10;
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Searches at a steady rate, without and with 1,000 events per second beside them, and whether the store has every event
 * that was acknowledged. `floor` is the ratio of the p95 of odd and even parts without events: what chance alone makes.
 */
export async function benchEvents(named: string | undefined, queriesFile?: string): Promise<void> {
  const catalog = await indexCatalog(named);
  const server = serve(catalog);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    const address = await server.address;
    const queries = await queriesFor(catalog.dataDir, queriesFile);
    const before = storedIn(catalog.dataDir);
    let asked = 0;
    const searching = (seconds: number) =>
      steadily(SEARCHES_PER_SECOND, seconds, async () => {
        const q = encodeURIComponent(queries[asked % queries.length] ?? '');
        // Another filter each time round, because answers are cached.
        const filter = encodeURIComponent(`price > -${1 + Math.floor(asked++ / queries.length)}`);
        const url = `${address}/v1/search?q=${q}&filter=${filter}&facets=brand,category&client_id=c${asked % 500}`;
        const { status } = await send(agent, url);
        if (status !== 200) throw new Error(`${url} answered ${status}`);
      });
    const sent = { acknowledged: 0, refused: 0 };
    const sending = (seconds: number) =>
      steadily(EVENTS_PER_SECOND / EVENTS_PER_REQUEST, seconds, async () => {
        const { status, body } = await send(agent, `${address}/v1/events`, JSON.stringify(pageOfEvents()));
        const stored = status === 200 ? body.split('"stored"').length - 1 : 0;
        sent.acknowledged += stored;
        sent.refused += EVENTS_PER_REQUEST - stored;
      });
    console.log(
      `events over ${catalog.name}: ${SEARCHES_PER_SECOND} searches per second, ${PARTS} parts of ${PART_SECONDS} s without and with ${EVENTS_PER_SECOND} events per second`,
    );
    await Promise.all([searching(WARM_SECONDS), sending(WARM_SECONDS)]);
    const quiet: number[][] = [];
    const loaded: number[] = [];
    const writes: number[] = [];
    for (let part = 0; part < PARTS; part++) {
      quiet.push(await searching(PART_SECONDS));
      const [searches, posts] = await Promise.all([searching(PART_SECONDS), sending(PART_SECONDS)]);
      loaded.push(...searches);
      writes.push(...posts);
    }
    const [odd, even] = [0, 1].map((rest) => quiet.filter((_, part) => part % 2 === rest).flat());
    report('search without events', quiet.flat());
    report('search with events', loaded);
    report(`POST /v1/events, ${EVENTS_PER_REQUEST} each`, writes);
    const ratio = at(loaded, 0.95) / at(quiet.flat(), 0.95);
    const floor = at(odd ?? [], 0.95) / at(even ?? [], 0.95);
    console.log(`  search p95 with events / without: ${ratio.toFixed(2)} (floor ${floor.toFixed(2)})`);
    await server.stop();
    const stored = storedIn(catalog.dataDir) - before;
    console.log(
      `  events: ${sent.acknowledged} acknowledged, ${sent.refused} not, ${stored} stored, ${sent.acknowledged - stored} lost`,
    );
  } finally {
    agent.destroy();
    await server.stop();
    await catalog.remove();
  }
}

function pageOfEvents(): object[] {
  const query_id = randomUUID();
  const client_id = randomUUID();
  const timestamp = new Date().toISOString();
  return Array.from({ length: EVENTS_PER_REQUEST }, (_, place) => ({
    action_name: place === EVENTS_PER_REQUEST - 1 ? 'click' : 'impression',
    timestamp,
    client_id,
    query_id,
    event_attributes: {
      event_id: randomUUID(),
      object: { object_id: `p-${place}` },
      position: { ordinal: place + 1 },
    },
  }));
}

/** Starts `work` so many times a second, whether or not it keeps up; the milliseconds that each took. */
async function steadily(perSecond: number, seconds: number, work: () => Promise<void>): Promise<number[]> {
  const milliseconds: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = started + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await rest(wait);
    const begun = performance.now();
    running.push(work().then(() => void milliseconds.push(performance.now() - begun)));
  }
  await Promise.all(running);
  return milliseconds;
}

function send(agent: Agent, url: string, body?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const asking = request(
      url,
      { agent, method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}

function storedIn(dataDir: string): number {
  const store = new EventStore(dataDir, BUSY_TIMEOUT_MS);
  try {
    return store.totals().events;
  } finally {
    store.close();
  }
}

function at(milliseconds: readonly number[], share: number): number {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function report(name: string, milliseconds: readonly number[]): void {
  const shown = [0.5, 0.95, 0.99].map(
    (share) => `p${share * 100} ${at(milliseconds, share).toFixed(1).padStart(6)} ms`,
  );
  console.log(`  ${name.padEnd(34)} ${shown.join('  ')}  (${milliseconds.length} requests)`);
}
