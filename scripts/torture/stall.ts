import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import type { FaultTest } from './faultTest.js';
import { readOperations } from './fuzzRoutes/readOperations.js';
import { generateProduct } from './load/loadCatalog.js';
import { drawRequests, type StallRequest } from './stall/drawRequests.js';

/** No single request may keep others waiting for longer. */
const MAX_BLOCK_MS = 250;
const PRODUCTS = 500;
const CHUNK_BYTES = 65_536;
const WORST = 10;
/** A block that others on the machine cause does not recur. */
const REPEATS = 3;

const worked = cpuClock();

interface Measured {
  readonly seed: number;
  readonly what: string;
  readonly block: number;
}

/**
 * Sends requests of extreme shapes, and stores products of extreme shapes and searches them, and measures how long each
 * request keeps the event loop from other work. Guarantee: never more than a quarter of a second. Prints the ten worst.
 */
export const testStall: FaultTest = async ({ rounds, seed, log }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-stall-'));
  const service = await openService({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
    modelDir: packagePaths.model,
    queryDays: 1,
  });
  const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  try {
    const random = seededRandom(1);
    await service.upsert(Array.from({ length: PRODUCTS }, (_, n) => generateProduct(`p-${n}`, random)));
    const operations = readOperations((await app.inject({ url: '/docs/json' })).json());
    const statuses = new Map<number, number>();
    const all: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const request of drawRequests(operations, seed + round)) {
        const { block, status } = await measure(app, delay, request);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        all.push({ seed: seed + round, what: `${request.what} → ${status}`, block });
        if (block > MAX_BLOCK_MS)
          log(`${block.toFixed(0)} ms, seed ${seed + round}: ${request.what} → ${status}`);
      }
      if ((round + 1) % 100 === 0) log(`${round + 1} rounds, longest block ${longest(all).toFixed(0)} ms`);
    }
    const worst = all.sort((a, b) => b.block - a.block).slice(0, WORST);
    for (const { block, what, seed: of } of worst) log(`${block.toFixed(0)} ms, seed ${of}: ${what}`);
    const counted = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => [`status${status}`, count]);
    return {
      figures: { requests: all.length, longest_ms: Math.round(longest(all)), ...Object.fromEntries(counted) },
      violations: all
        .filter(({ block }) => block > MAX_BLOCK_MS)
        .map(({ seed, what, block }) => ({
          seed,
          what: `${what} blocked the event loop for ${block.toFixed(0)} ms`,
        })),
    };
  } finally {
    delay.disable();
    await app.close();
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
};

type Delay = ReturnType<typeof monitorEventLoopDelay>;

/** The longest block of the request, the least of a few tries where it is too long. */
async function measure(
  app: FastifyInstance,
  delay: Delay,
  { method, url, headers, payload }: StallRequest,
): Promise<{ block: number; status: number }> {
  let least = Number.POSITIVE_INFINITY;
  let status = 0;
  for (let turn = 0; turn < REPEATS; turn++) {
    await settle();
    delay.reset();
    const before = worked();
    const sent = payload === undefined ? {} : { payload: inChunks(payload) };
    const answer = await app.inject({ method, url, headers, ...sent });
    await settle();
    // A first time does what a repetition may find done.
    if (turn === 0) status = answer.statusCode;
    // Where others keep the processor busy, the thread waits for longer than it works.
    least = Math.min(least, delay.max / 1e6, worked() - before);
    if (least <= MAX_BLOCK_MS) break;
  }
  return { block: least, status };
}

/** The bytes as they come from a socket. */
function inChunks(payload: string): Readable {
  const bytes = Buffer.from(payload);
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Readable.from(
    Array.from({ length: count }, (_, n) => bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  );
}

/** Milliseconds that this thread has used a processor; on other systems than Linux, the time. */
function cpuClock(): () => number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(file)) return () => performance.now();
  return () => Number(readFileSync(file, 'latin1').split(' ')[0]) / 1e6;
}

/** Lets the loop turn, so that a block before or after is measured apart. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 4));
}

function longest(all: readonly Measured[]): number {
  return all.reduce((max, { block }) => Math.max(max, block), 0);
}
