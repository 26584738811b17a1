import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { checkAnswer } from './fuzzRoutes/checkAnswer.js';
import { type DrawnRequest, drawRequest } from './fuzzRoutes/drawRequest.js';
import { rawOf, sendRaw } from './fuzzRoutes/rawRequests.js';
import { type Operation, readOperations, undocumented } from './fuzzRoutes/readOperations.js';
import { generateProduct } from './load/loadCatalog.js';

const PRODUCTS = 60;
/** One in this many requests goes over a socket. */
const SOCKET_EVERY = 20;
/** A reindex starts a process, so only one in this many draws of it is valid. */
const REINDEX_EVERY = 20;
const MAX_MS = 5000;
/** Members of answers that later requests use, and how many values of each are kept. */
const REUSED = /^(?:group|state|decision|version|if_version|to)$/;
const MAX_REUSED = 50;

type ValuePool = Map<string, (string | number)[]>;

/**
 * Sends one request per round, generated from the service's OpenAPI document: valid, with one error, or hostile; most in
 * the process, some over a socket. Guarantees: no 5xx that is not temporary, no hang, every refusal has a message, and
 * every answer matches its schema.
 */
export const testFuzzRoutes: FaultTest = requireProgress(
  { always: ['requests', 'operations'], usually: ['status200', 'status400', 'socketed'] },
  async ({ rounds, seed, log }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-fuzz-'));
    const service = await openService({
      dataDir: path.join(folder, 'data'),
      indexesDir: path.join(folder, 'indexes'),
      modelDir: packagePaths.model,
    });
    const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
    try {
      const random = seededRandom(1);
      await service.upsert(
        Array.from({ length: PRODUCTS }, (_, index) => generateProduct(`p-${index}`, random)),
      );
      const address = await app.listen({ host: '127.0.0.1', port: 0 });
      const operations = readOperations((await app.inject({ url: '/docs/json' })).json());
      const violations = undocumented(app.printRoutes({ commonPrefix: false }), operations).map((route) => ({
        seed,
        what: `${route} is not in the OpenAPI document`,
      }));
      const statuses = new Map<number, number>();
      const pool: ValuePool = new Map([
        ['products', Array.from({ length: PRODUCTS }, (_, index) => `p-${index}`)],
      ]);
      let slowest = 0;
      let socketed = 0;
      for (let round = 0; round < rounds; round++) {
        const draw = seededRandom(seed + round);
        const operation = operations[Math.floor(draw() * operations.length)];
        if (operation === undefined) throw new Error('the OpenAPI document has no operation');
        const invalid = operation.path === '/v1/reindex' && draw() * REINDEX_EVERY >= 1;
        const drawn = invalid
          ? { ...drawRequest(operation, pool, seed + round), payload: '{"nonsense":1}' }
          : drawRequest(operation, pool, seed + round);
        const onSocket = draw() * SOCKET_EVERY < 1;
        const { status, milliseconds, wrong } = onSocket
          ? await sendOnSocket(app, Number(new URL(address).port), drawn, draw)
          : await inject(app, operation, drawn, pool);
        if (onSocket) socketed++;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        slowest = Math.max(slowest, milliseconds);
        if (wrong !== undefined) violations.push({ seed: seed + round, what: `${shown(drawn)} ${wrong}` });
        if ((round + 1) % 1000 === 0) log(`${round + 1} requests, ${violations.length} violations`);
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
        violations,
      };
    } finally {
      await app.close();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);

interface Checked {
  readonly status: number;
  readonly milliseconds: number;
  readonly wrong: string | undefined;
}

async function inject(
  app: FastifyInstance,
  operation: Operation,
  { method, ...drawn }: DrawnRequest,
  pool: ValuePool,
): Promise<Checked> {
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
  const wrong = checkAnswer(operation, { status, headers, body, milliseconds });
  if (status < 300) collectValues(operation.path, body, pool);
  return {
    status,
    milliseconds,
    wrong: wrong === undefined ? undefined : `→ ${status} ${wrong}: ${body.slice(0, 300)}`,
  };
}

async function sendOnSocket(
  app: FastifyInstance,
  port: number,
  drawn: DrawnRequest,
  random: () => number,
): Promise<Checked> {
  const bytes = rawOf(drawn, random);
  const { status, answer, milliseconds } = await sendRaw(port, bytes);
  const alive = await app.inject({ url: '/health/live' });
  const found = `over a socket (${JSON.stringify(bytes.slice(0, 200))}) → ${status}`;
  if (alive.statusCode !== 200)
    return { status, milliseconds, wrong: `${found}, after which the service does not answer` };
  if (milliseconds > MAX_MS)
    return { status, milliseconds, wrong: `${found} took ${milliseconds.toFixed(0)} ms` };
  const failed = status >= 500 && !(status === 503 && /^retry-after:/im.test(answer));
  return { status, milliseconds, wrong: failed ? `${found}: ${answer.slice(0, 400)}` : undefined };
}

function methodOf(method: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE')
    return method;
  throw new Error(`unexpected method ${method}`);
}

/** Adds the ids of an answer to the pool, so that later requests refer to existing objects. */
function collectValues(from: string, body: string, pool: ValuePool): void {
  const keep = (name: string, value: string | number): void => {
    const kept = pool.get(name) ?? [];
    if (kept.includes(value)) return;
    pool.set(name, [...kept, value].slice(-MAX_REUSED));
  };
  const of = /^\/v1\/(jobs|generations|reindex)\b/.exec(from)?.[1];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, one] of Object.entries(value)) {
      if (typeof one === 'object') walk(one);
      else if (typeof one !== 'string' && typeof one !== 'number') continue;
      else if (key === 'id' && of !== undefined) keep(of === 'reindex' ? 'jobs' : of, one);
      else if (REUSED.test(key)) keep(key, one);
    }
  };
  if (body.length < 1_000_000 && body.startsWith('{')) walk(JSON.parse(body));
}

function shown({ method, url, headers, payload }: DrawnRequest): string {
  const type = headers['content-type'] ?? '';
  return `${method} ${url.slice(0, 300)} ${type.slice(0, 60)} ${payload?.slice(0, 300) ?? ''}`.trim();
}
