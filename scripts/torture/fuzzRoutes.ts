import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { type Drawn, drawRequest } from './fuzzRoutes/drawRequest.js';
import { judge } from './fuzzRoutes/judge.js';
import { rawOf, sendRaw } from './fuzzRoutes/rawRequests.js';
import { type Operation, readOperations, undescribed } from './fuzzRoutes/readOperations.js';
import { madeUp } from './load/makeShop.js';
import type { Torture } from './torture.js';

const PRODUCTS = 60;
/** One request in so many goes over a socket. */
const SOCKETED = 20;
/** A reindex is work for a process of its own, so it is asked for in one of so many of its turns only. */
const SPARED = 20;
const HANGS = 5000;
/** Names of ids in answers, to be asked for again, and how many of each are kept. */
const HARVESTED = /^(?:group|state|decision|version|if_version|to)$/;
const KEPT = 50;

type Harvest = Map<string, (string | number)[]>;

/**
 * Requests drawn from the service's own description of itself, a round one: as described, with one thing wrong, or
 * hostile throughout; most in the process, some over a socket. None is answered with a fault of the service, none
 * hangs, whatever is refused is refused in a sentence, and what is answered is as described.
 */
export const tortureFuzzRoutes: Torture = async ({ rounds, seed, tell }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-fuzz-'));
  const service = await openService({
    dataDir: path.join(folder, 'data'),
    indexesDir: path.join(folder, 'indexes'),
    modelDir: packagePaths.model,
  });
  const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
  try {
    const random = seededRandom(1);
    await service.upsert(Array.from({ length: PRODUCTS }, (_, place) => madeUp(`p-${place}`, random)));
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const operations = readOperations((await app.inject({ url: '/docs/json' })).json());
    const broken = undescribed(app.printRoutes({ commonPrefix: false }), operations).map((route) => ({
      seed,
      what: `${route} is in no description`,
    }));
    const statuses = new Map<number, number>();
    const pool: Harvest = new Map([
      ['products', Array.from({ length: PRODUCTS }, (_, place) => `p-${place}`)],
    ]);
    let slowest = 0;
    let socketed = 0;
    for (let round = 0; round < rounds; round++) {
      const draw = seededRandom(seed + round);
      const operation = operations[Math.floor(draw() * operations.length)];
      if (operation === undefined) throw new Error('the service describes nothing');
      const spare = operation.path === '/v1/reindex' && draw() * SPARED >= 1;
      const drawn = spare
        ? { ...drawRequest(operation, pool, seed + round), payload: '{"nonsense":1}' }
        : drawRequest(operation, pool, seed + round);
      const over = draw() * SOCKETED < 1;
      const { status, milliseconds, wrong } = over
        ? await askRaw(app, Number(new URL(address).port), drawn, draw)
        : await ask(app, operation, drawn, pool);
      if (over) socketed++;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      slowest = Math.max(slowest, milliseconds);
      if (wrong !== undefined) broken.push({ seed: seed + round, what: `${shown(drawn)} ${wrong}` });
      if ((round + 1) % 1000 === 0) tell(`${round + 1} requests, ${broken.length} broken promises`);
    }
    const counted = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => [`status${status}`, count]);
    return {
      figures: {
        requests: rounds,
        operations: operations.length,
        socketed,
        slowest,
        ...Object.fromEntries(counted),
      },
      broken,
    };
  } finally {
    await app.close();
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
};

interface Judged {
  readonly status: number;
  readonly milliseconds: number;
  readonly wrong: string | undefined;
}

async function ask(
  app: FastifyInstance,
  operation: Operation,
  { method, ...drawn }: Drawn,
  pool: Harvest,
): Promise<Judged> {
  const started = performance.now();
  const {
    statusCode: status,
    headers,
    body,
  } = await app.inject({
    method: methodOf(method),
    url: drawn.url,
    headers: drawn.headers,
    ...(drawn.payload !== undefined && { payload: drawn.payload }),
  });
  const milliseconds = performance.now() - started;
  const wrong = judge(operation, { status, headers, body, milliseconds });
  if (status < 300) harvest(operation.path, body, pool);
  return {
    status,
    milliseconds,
    wrong: wrong === undefined ? undefined : `→ ${status} ${wrong}: ${body.slice(0, 300)}`,
  };
}

async function askRaw(
  app: FastifyInstance,
  port: number,
  drawn: Drawn,
  random: () => number,
): Promise<Judged> {
  const bytes = rawOf(drawn, random);
  const { status, answer, milliseconds } = await sendRaw(port, bytes);
  const alive = await app.inject({ url: '/health/live' });
  const found = `over a socket (${JSON.stringify(bytes.slice(0, 200))}) → ${status}`;
  if (alive.statusCode !== 200)
    return { status, milliseconds, wrong: `${found}, after which nothing is answered` };
  if (milliseconds > HANGS)
    return { status, milliseconds, wrong: `${found} took ${milliseconds.toFixed(0)} ms` };
  const failed = status >= 500 && !(status === 503 && /^retry-after:/im.test(answer));
  return { status, milliseconds, wrong: failed ? `${found}: ${answer.slice(0, 400)}` : undefined };
}

function methodOf(method: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE')
    return method;
  throw new Error(`${method} is no method that is drawn for`);
}

/** Ids by what they are of, so that what was made is asked for again. */
function harvest(from: string, body: string, pool: Harvest): void {
  const keep = (name: string, value: string | number): void => {
    const kept = pool.get(name) ?? [];
    if (kept.includes(value)) return;
    pool.set(name, [...kept, value].slice(-KEPT));
  };
  const of = /^\/v1\/(jobs|generations|reindex)\b/.exec(from)?.[1];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, one] of Object.entries(value)) {
      if (typeof one === 'object') walk(one);
      else if (typeof one !== 'string' && typeof one !== 'number') continue;
      else if (key === 'id' && of !== undefined) keep(of === 'reindex' ? 'jobs' : of, one);
      else if (HARVESTED.test(key)) keep(key, one);
    }
  };
  if (body.length < 1_000_000 && body.startsWith('{')) walk(JSON.parse(body));
}

function shown({ method, url, headers, payload }: Drawn): string {
  const type = headers['content-type'] ?? '';
  return `${method} ${url.slice(0, 300)} ${type.slice(0, 60)} ${payload?.slice(0, 300) ?? ''}`.trim();
}
