import { seededRandom } from '../../src/domain/seededRandom.js';
import { runShelfwright } from '../../test/support/runShelfwright.js';
import { lostWrites } from './checkWrites.js';
import { lostInEngine, withEngine, writeLast } from './engine.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { whereIn, withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { startService } from './searchService.js';
import { WritingClient } from './writingClient.js';

const CLIENTS = 3;
const MAX_WRITES = 60;
/** A round in which fewer writes were answered is over after so long. */
const MAX_ROUND_MS = 30_000;

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
            withEngine(
              [url],
              `torture-${process.pid}-${seed}`,
              { shards: 1, replicas: 0 },
              async (engine, environment) => {
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
                if (again.address === undefined)
                  return report(`the service did not start again: ${again.why}`);
                try {
                  await writeLast(again.address);
                  for (const lost of await lostWrites(again.address, clients)) report(lost);
                  const { compared, lost } = await lostInEngine(engine, clients);
                  figures.compared += compared;
                  for (const one of lost) report(one);
                } finally {
                  await again.kill();
                }
              },
            ),
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
