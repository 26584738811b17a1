import { seededRandom } from '../../src/domain/seededRandom.js';
import { findWrites } from './findWrites.js';
import { withCopy, withMadeUpShop } from './madeUpShop.js';
import { type Served, startServing } from './served.js';
import type { Torture } from './torture.js';
import { WritingClient } from './writeStream.js';

const CLIENTS = 4;
const MAX_WRITES = 150;
/** After the write that was to be the last, so that it is not always killed between two. */
const LONGEST_MS = 20;
const BUSY_TIMEOUT_MS = 20_000;

/**
 * A service is killed under clients that write, at a random moment or (a third of the rounds) just before or after a
 * commit, some of them with a reindex running; it must start again and know all that was acknowledged.
 */
export const tortureServerKills: Torture = ({ rounds, seed: first, tell }) =>
  withMadeUpShop(1, async (shop) => {
    const broken: { seed: number; what: string }[] = [];
    const figures = { kills: 0, acknowledged: 0, lost: 0, 'broken starts': 0 };
    for (let seed = first; seed < first + rounds; seed++) {
      const say = (what: string): void => {
        broken.push({ seed, what });
        tell(`seed ${seed}: ${what}`);
      };
      await withCopy(shop, async (copy) => {
        const random = seededRandom(seed);
        const fault = random() < 1 / 3 ? faultOf(random) : {};
        const server = await startServing(copy, fault);
        if (server.address === undefined) throw new Error(`the service did not start: ${server.why}`);
        const clients = Array.from(
          { length: CLIENTS },
          (_, at) => new WritingClient(`c${at}x`, seed * 31 + at),
        );
        const { address } = server;
        if (random() < 0.25) void fetch(`${address}/v1/reindex`, { method: 'POST' }).catch(() => undefined);
        const writing = Promise.all(clients.map((client) => client.write(address)));
        const impatient = setTimeout(() => void server.kill(), BUSY_TIMEOUT_MS);
        void killAfter(clients, Math.floor(random() * MAX_WRITES), random() * LONGEST_MS, server);
        try {
          await Promise.race([server.ended, writing]);
        } catch (error) {
          say(`a write was answered wrongly: ${String(error)}`);
        } finally {
          clearTimeout(impatient);
          await server.kill();
        }
        await writing.catch(() => undefined);
        figures.kills++;
        for (const { acknowledged } of clients) figures.acknowledged += acknowledged;
        const again = await startServing(copy);
        if (again.address === undefined) {
          figures['broken starts']++;
          say(`the service did not start again: ${again.why}`);
          return;
        }
        try {
          for (const lost of await findWrites(again.address, clients)) {
            figures.lost++;
            say(lost);
          }
        } finally {
          await again.kill();
        }
      });
      if ((seed - first + 1) % 10 === 0)
        tell(`${seed - first + 1} of ${rounds}, ${figures.acknowledged} writes`);
    }
    return { figures, broken };
  });

/** Waits for so many answered writes in all, and a moment more. */
async function killAfter(
  clients: readonly WritingClient[],
  writes: number,
  delay: number,
  { ended, kill }: Served,
): Promise<void> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  while (!gone && clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0) < writes)
    await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, delay));
  await kill();
}

function faultOf(random: () => number): Record<string, string> {
  const point = random() < 0.5 ? 'store.commit' : 'store.committed';
  return { SHELFWRIGHT_FAULT: `${point}:${1 + Math.floor(random() * 120)}` };
}
