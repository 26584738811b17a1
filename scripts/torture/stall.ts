import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import type { CatalogReader } from '../../src/service/reader.js';
import type { Service } from '../../src/service/service.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { readOperations } from './fuzzRoutes/readOperations.js';
import { generateProduct } from './load/loadCatalog.js';
import { drawRequests, type StallRequest } from './stall/drawRequests.js';
import { firstRequests, KEY_FILTERS, readRequests } from './stall/firstRequests.js';
import { openLargeCatalog } from './stall/largeCatalog.js';
import { longestBlock } from './stall/longestBlock.js';

/** No single request may keep others waiting for longer. */
const MAX_BLOCK_MS = 250;
const PRODUCTS = 500;
/** Products of the large catalog, up to so many a round. */
const LARGE = 20_000;
const LARGE_A_ROUND = 50;
const CHUNK_BYTES = 65_536;
const WORST = 10;

interface Block {
  readonly seed: number;
  readonly what: string;
  readonly status: number;
  readonly block: number;
  readonly elapsed: number;
}

/**
 * Measures how long each request keeps the event loop from other work: the first requests to a large catalog, of each
 * kind and of each restricted key, and then requests of extreme shapes and searches for products of extreme shapes.
 * Each is sent once, because a repetition finds work done. Guarantee: never more than a quarter of a second. Prints the ten
 * worst.
 */
export const testStall: FaultTest = requireProgress(
  { always: ['requests', 'status200'], usually: ['status400', 'stored'] },
  async ({ rounds, seed, log }) => {
    const all: Block[] = [];
    const take = (block: Block): void => {
      all.push(block);
      if (block.block > MAX_BLOCK_MS) log(`seed ${block.seed}: ${described(block)}`);
    };
    await measureFirsts(Math.min(LARGE, rounds * LARGE_A_ROUND), seed, take);
    log(`first requests to a large catalog: longest block ${longest(all).toFixed(0)} ms`);
    const stored = await measureShapes(rounds, seed, take, log);
    for (const block of all.toSorted((a, b) => b.block - a.block).slice(0, WORST))
      log(`seed ${block.seed}: ${described(block)}`);
    return {
      figures: { requests: all.length, stored, longest_ms: Math.round(longest(all)), ...countStatuses(all) },
      violations: all
        .filter(({ block }) => block > MAX_BLOCK_MS)
        .map((block) => ({ seed: block.seed, what: `the event loop was blocked: ${described(block)}` })),
    };
  },
);

async function measureFirsts(products: number, seed: number, take: (block: Block) => void): Promise<void> {
  const catalog = await openLargeCatalog(products, seed);
  const app = await appOver(catalog.service);
  try {
    for (const request of firstRequests(catalog.other)) take(await measure(app, request, seed));
    for (const filter of KEY_FILTERS) {
      const restricted = await appOver({ ...catalog.service, ...readerWithin(catalog.service, filter) });
      try {
        for (const request of readRequests())
          take(await measure(restricted, { ...request, what: `${request.what} within ${filter}` }, seed));
        await catalog.service.upsert([
          { id: 'p-5', title: 'Red enamel mug', price: 5, category: 'Goods > mug' },
        ]);
        for (const request of readRequests())
          take(
            await measure(
              restricted,
              { ...request, what: `${request.what} within ${filter}, after a write` },
              seed,
            ),
          );
      } finally {
        await restricted.close();
      }
    }
  } finally {
    await app.close();
    await catalog.close();
  }
}

/** Answers as for a key with this filter, without the rights and the rate of keys. */
function readerWithin(service: Service, filter: string): CatalogReader {
  return {
    search: async (request) => (await service.within(filter)).search(request),
    searchMany: async (requests) => (await service.within(filter)).searchMany(requests),
    suggest: async (request) => (await service.within(filter)).suggest(request),
    product: (id) => service.product(id),
    original: (id) => service.original(id),
    similar: (request) => service.similar(request),
  };
}

/** Returns the number of rows that were stored. */
async function measureShapes(
  rounds: number,
  seed: number,
  take: (block: Block) => void,
  log: (line: string) => void,
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-stall-'));
  const service = await openService({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
    modelDir: packagePaths.model,
    queryDays: 1,
  });
  const app = await appOver(service);
  try {
    const random = seededRandom(1);
    await service.upsert(Array.from({ length: PRODUCTS }, (_, n) => generateProduct(`p-${n}`, random)));
    const operations = readOperations((await app.inject({ url: '/docs/json' })).json());
    let stored = 0;
    for (let round = 0; round < rounds; round++) {
      for (const request of drawRequests(operations, seed + round)) {
        const block = await measure(app, request, seed + round);
        take(block);
        if (request.method === 'POST' && request.url === '/v1/products' && block.status === 200) stored++;
      }
      if ((round + 1) % 100 === 0) log(`${round + 1} rounds`);
    }
    return stored;
  } finally {
    await app.close();
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function appOver(service: Service): Promise<FastifyInstance> {
  return buildApp({ service, webDir: packagePaths.web, logger: false });
}

async function measure(
  app: FastifyInstance,
  { method, url, headers, payload, what }: StallRequest,
  seed: number,
): Promise<Block> {
  const sent = payload === undefined ? {} : { payload: inChunks(payload) };
  const { result, block, elapsed } = await longestBlock(() => app.inject({ method, url, headers, ...sent }));
  return { seed, what, status: result.statusCode, block, elapsed };
}

/** The bytes as they come from a socket. */
function inChunks(payload: string): Readable {
  const bytes = Buffer.from(payload);
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Readable.from(
    Array.from({ length: count }, (_, n) => bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  );
}

function described({ what, status, block, elapsed }: Block): string {
  return `${block.toFixed(0)} ms (${elapsed.toFixed(0)} ms with what the system gave to others) by ${what} → ${status}`;
}

function countStatuses(all: readonly Block[]): Record<string, number> {
  const counts = new Map<number, number>();
  for (const { status } of all) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].sort(([a], [b]) => a - b).map(([status, count]) => [`status${status}`, count]),
  );
}

function longest(all: readonly Block[]): number {
  return all.reduce((max, { block }) => Math.max(max, block), 0);
}
