import { seededRandom } from '../../src/domain/seededRandom.js';
import { lostWrites } from './checkWrites.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { withCopy, withGeneratedCatalog } from './generatedCatalog.js';
import { type RunningService, startService } from './searchService.js';
import { WritingClient } from './writingClient.js';

const CLIENTS = 4;
const MAX_WRITES = 150;
/** Maximum delay after the last awaited write, so that the kill is not always between two writes. */
const MAX_DELAY_MS = 20;
const BUSY_TIMEOUT_MS = 20_000;

/**
 * Kills a service while clients write, at a random time or, in a third of the rounds, just before or after a commit;
 * sometimes during a reindex. Guarantee: it starts again and has every acknowledged write.
 */
export const testServerKills: FaultTest = requireProgress(
  { always: ['kills'], usually: ['acknowledged'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      1,
      async (folder) => {
        const violations: { seed: number; what: string }[] = [];
        const figures = { kills: 0, acknowledged: 0, lost: 0, 'failed starts': 0 };
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
            const clients = Array.from(
              { length: CLIENTS },
              (_, at) => new WritingClient(`c${at}x`, seed * 31 + at),
            );
            const { address } = server;
            if (random() < 0.25)
              void fetch(`${address}/v1/reindex`, { method: 'POST' }).catch(() => undefined);
            const writing = Promise.all(clients.map((client) => client.write(address)));
            const timer = setTimeout(() => void server.kill(), BUSY_TIMEOUT_MS);
            void killAfter(clients, Math.floor(random() * MAX_WRITES), random() * MAX_DELAY_MS, server);
            try {
              await Promise.race([server.ended, writing]);
            } catch (error) {
              report(`a write got an unexpected answer: ${String(error)}`);
            } finally {
              clearTimeout(timer);
              await server.kill();
            }
            await writing.catch(() => undefined);
            figures.kills++;
            for (const { acknowledged } of clients) figures.acknowledged += acknowledged;
            const again = await startService(copy);
            if (again.address === undefined) {
              figures['failed starts']++;
              report(`the service did not start again: ${again.why}`);
              return;
            }
            try {
              for (const lost of await lostWrites(again.address, clients)) {
                figures.lost++;
                report(lost);
              }
            } finally {
              await again.kill();
            }
          });
          if ((seed - first + 1) % 10 === 0)
            log(`${seed - first + 1} of ${rounds}, ${figures.acknowledged} writes`);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

/** Kills the service after `writes` acknowledged writes in total and a delay. */
async function killAfter(
  clients: readonly WritingClient[],
  writes: number,
  delay: number,
  { ended, kill }: RunningService,
): Promise<void> {
  let exited = false;
  void ended.then(() => {
    exited = true;
  });
  while (!exited && clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0) < writes)
    await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, delay));
  await kill();
}

function faultOf(random: () => number): Record<string, string> {
  const point = random() < 0.5 ? 'store.commit' : 'store.committed';
  return { SHELFWRIGHT_FAULT: `${point}:${1 + Math.floor(random() * 120)}` };
}
