import { z } from 'zod';
import { seededRandom } from '../../src/domain/seededRandom.js';
import type { Engine } from '../../src/opensearch/engine.js';
import { runShelfwright } from '../../test/support/runShelfwright.js';
import { restartNode, startOpenSearch } from '../../test/support/startOpenSearch.js';
import { killNode, stopCluster } from '../../test/support/stopOpenSearch.js';
import { lostWrites } from './checkWrites.js';
import { lostInEngine, withEngine, writeLast } from './engine.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { whereIn, withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { startService } from './searchService.js';
import { WritingClient } from './writingClient.js';

const NODES = 3;
const CLIENTS = 2;
/** Answered writes before a node is killed, and after. */
const WRITES = 15;
const MAX_WAIT_MS = 120_000;
/** How long a node may take to come back, in seconds. */
const RECOVERY_SECONDS = 300;

/**
 * Kills one of three nodes of a cluster while clients write, and reindexes without it. Guarantee: writes go on, none is lost,
 * the reindex succeeds, and when the node is back, every shard has its copies again without anybody's help.
 */
export const testEngineNodes: FaultTest = requireProgress(
  { always: ['nodes killed', 'written without the node', 'compared'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      1,
      async (folder) => {
        const violations: { seed: number; what: string }[] = [];
        const figures = {
          'nodes killed': 0,
          'written without the node': 0,
          compared: 0,
          'slowest recovery s': 0,
        };
        const cluster = await startOpenSearch(NODES);
        try {
          for (let seed = first; seed < first + rounds; seed++) {
            const report = (what: string): void => {
              violations.push({ seed, what });
              log(`seed ${seed}: ${what}`);
            };
            await withCopy(folder, (copy) =>
              withEngine(
                cluster.urls,
                `nodes-${seed}`,
                { shards: 2, replicas: 1 },
                async (engine, environment) => {
                  const reindex = async (): Promise<void> => {
                    const { code, stderr } = await runShelfwright(
                      ['reindex', '--no-enrich', ...whereIn(copy)],
                      environment,
                    );
                    if (code !== 0) report(`a reindex failed: ${stderr}`);
                  };
                  await reindex();
                  const server = await startService(copy, environment);
                  if (server.address === undefined)
                    throw new Error(`the service did not start: ${server.why}`);
                  const { address } = server;
                  const clients = Array.from(
                    { length: CLIENTS },
                    (_, at) => new WritingClient(`c${at}x`, seed * 31 + at),
                  );
                  const answered = (): number =>
                    clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
                  const writing = Promise.all(clients.map((client) => client.write(address)));
                  try {
                    await until(() => answered() >= WRITES);
                    const place = Math.floor(seededRandom(seed)() * NODES);
                    killNode(cluster.state, `n${place + 1}`);
                    figures['nodes killed']++;
                    const before = answered();
                    await until(() => answered() >= before + WRITES);
                    await reindex();
                    for (const client of clients) client.stop();
                    await writing;
                    figures['written without the node'] += answered() - before;
                    await writeLast(address);
                    await compare(engine, clients, figures, report);
                    const started = performance.now();
                    restartNode(cluster, place);
                    if (!(await isWhole(engine))) report('shards lack copies after the node came back');
                    const seconds = Math.round((performance.now() - started) / 1000);
                    figures['slowest recovery s'] = Math.max(figures['slowest recovery s'], seconds);
                    await compare(engine, clients, figures, report);
                    for (const lost of await lostWrites(address, clients)) report(lost);
                  } finally {
                    for (const client of clients) client.stop();
                    await writing.catch((error: unknown) => report(`a write failed: ${String(error)}`));
                    await server.kill();
                  }
                },
              ),
            );
          }
        } finally {
          stopCluster(cluster.state);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

async function compare(
  engine: Engine,
  clients: readonly WritingClient[],
  figures: { compared: number },
  report: (what: string) => void,
): Promise<void> {
  const { compared, lost } = await lostInEngine(engine, clients);
  figures.compared += compared;
  for (const one of lost) report(one);
}

/** Waits until all nodes are there and every shard has its copies; false if that takes too long. */
async function isWhole(engine: Engine): Promise<boolean> {
  const health = await engine.request(z.object({ timed_out: z.boolean() }), {
    method: 'GET',
    path: ['_cluster', 'health'],
    query: { wait_for_nodes: String(NODES), wait_for_status: 'green', timeout: `${RECOVERY_SECONDS}s` },
    timeoutSeconds: RECOVERY_SECONDS + 30,
    unless: [408],
  });
  return health?.timed_out === false;
}

async function until(isSo: () => boolean): Promise<void> {
  for (const started = Date.now(); !isSo(); ) {
    if (Date.now() - started > MAX_WAIT_MS)
      throw new Error(`nothing was written for ${MAX_WAIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
