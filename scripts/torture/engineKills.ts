import { z } from 'zod';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { Engine } from '../../src/opensearch/engine.js';
import { runShelfwright } from '../../test/support/runShelfwright.js';
import { isState, lostWrites } from './checkWrites.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { whereIn, withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { startService } from './searchService.js';
import { WritingClient } from './writingClient.js';

const CLIENTS = 3;
const MAX_WRITES = 60;
/** A round in which fewer writes were answered is over after so long. */
const MAX_ROUND_MS = 30_000;
/** Products that a search of the engine can return at once. */
const MAX_PRODUCTS = 10_000;

const hitsSchema = z.object({
  hits: z.object({
    hits: z.array(z.object({ _source: z.object({ product: z.looseObject({ id: z.string() }) }) })),
  }),
});

/**
 * Kills a service that searches with OpenSearch while clients write, in half of the rounds during a reindex. Guarantee: when
 * it runs again, the index that serves has every acknowledged write, and nothing else. `engine` is the address of a node.
 */
export const testEngineKills: FaultTest = requireProgress(
  { always: ['kills', 'acknowledged', 'compared'] },
  ({ rounds, seed: first, log, catalog, engine: url }) =>
    withGeneratedCatalog(
      1,
      async (folder) => {
        if (url === undefined) throw new Error('engineKills needs the address of a node: --engine <url>');
        const violations: { seed: number; what: string }[] = [];
        const figures = { kills: 0, acknowledged: 0, compared: 0, lost: 0 };
        for (let seed = first; seed < first + rounds; seed++) {
          const report = (what: string): void => {
            figures.lost++;
            violations.push({ seed, what });
            log(`seed ${seed}: ${what}`);
          };
          await withCopy(folder, (copy) =>
            withEngine(url, seed, async (engine, environment) => {
              const random = seededRandom(seed);
              const built = await runShelfwright(['reindex', '--no-enrich', ...whereIn(copy)], environment);
              if (built.code !== 0) throw new Error(`reindex failed: ${built.stderr}`);
              const clients = Array.from(
                { length: CLIENTS },
                (_, at) => new WritingClient(`c${at}x`, seed * 31 + at),
              );
              await writeAndKill(copy, environment, clients, random);
              figures.kills++;
              for (const { acknowledged } of clients) figures.acknowledged += acknowledged;
              const again = await startService(copy, environment);
              if (again.address === undefined) return report(`the service did not start again: ${again.why}`);
              try {
                // When a write is answered, everything before it is in the engine.
                await fetch(`${again.address}/v1/products`, {
                  method: 'POST',
                  headers: { 'content-type': 'application/json' },
                  body: JSON.stringify([{ id: 'last', title: 'last' }]),
                });
                for (const lost of await lostWrites(again.address, clients)) report(lost);
                const found = await productsIn(engine);
                figures.compared += found.size;
                for (const client of clients) {
                  for (const [id, possible] of client.states()) {
                    const product = found.get(id) ?? null;
                    if (!possible.some((row) => isState(product, row)))
                      report(`${id} is ${JSON.stringify(product)} in the engine`);
                  }
                  for (const id of client.refused)
                    if (found.has(id)) report(`${id} was refused, but the engine has it`);
                }
              } finally {
                await again.kill();
              }
            }),
          );
        }
        return { figures, violations };
      },
      catalog,
    ),
);

/** Kills the service once enough writes were answered. */
async function writeAndKill(
  folder: string,
  environment: Readonly<Record<string, string>>,
  clients: readonly WritingClient[],
  random: () => number,
): Promise<void> {
  const server = await startService(folder, environment);
  if (server.address === undefined) throw new Error(`the service did not start: ${server.why}`);
  const { address } = server;
  if (random() < 0.5) void fetch(`${address}/v1/reindex`, { method: 'POST' }).catch(() => undefined);
  const writing = Promise.all(clients.map((client) => client.write(address)));
  const wanted = 1 + Math.floor(random() * MAX_WRITES);
  const until = Date.now() + MAX_ROUND_MS;
  while (Date.now() < until && clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0) < wanted)
    await new Promise((resolve) => setTimeout(resolve, 1));
  await server.kill();
  await writing;
}

async function withEngine(
  url: string,
  seed: number,
  work: (engine: Engine, environment: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const prefix = `torture-${process.pid}-${seed}`;
  const engine = await Engine.open({
    ...{ urls: [url], user: undefined, certificate: undefined, timeoutSeconds: 60, prefix },
    layout: { shards: 1, replicas: 0 },
  });
  try {
    await work(engine, {
      SHELFWRIGHT_ENGINE_KIND: 'opensearch',
      SHELFWRIGHT_ENGINE_URLS: url,
      SHELFWRIGHT_ENGINE_INDEX_PREFIX: prefix,
      SHELFWRIGHT_ENGINE_REPLICAS: '0',
    });
  } finally {
    const remove = { method: 'DELETE', unless: [404] } as const;
    await engine.request(z.unknown(), { ...remove, path: [`${prefix}*`] });
    await engine.request(z.unknown(), { ...remove, path: ['_index_template', engine.names.template] });
    await engine.close();
  }
}

/** The products of the index that serves, by id. */
async function productsIn(engine: Engine): Promise<Map<string, Record<string, unknown>>> {
  const { hits } = await engine.ask(hitsSchema, {
    method: 'POST',
    path: [engine.names.current, '_search'],
    body: { size: MAX_PRODUCTS, query: { match_all: {} } },
  });
  return new Map(hits.hits.map(({ _source: { product } }) => [product.id, product]));
}
