import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FaultPoint } from '../../src/domain/faultPoint.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { runShelfwright, startShelfwright } from '../../test/support/runShelfwright.js';
import { findWrites } from './findWrites.js';
import { flip } from './flip.js';
import { whereIn, withCopy, withFolder, withMadeUpShop } from './madeUpShop.js';
import { answersOf, differing, mustServe, startServing } from './served.js';
import type { Torture } from './torture.js';
import { WritingClient } from './writeStream.js';

const CLIENTS = 3;
const MIN_WRITES = 20;
const LONGEST_MS = 2000;
const BACKING_UP = stepsOf(['backup.file', 8], ['backup.store', 1], ['backup.manifest', 1]);
const RESTORING = stepsOf(
  ['restore.marked', 1],
  ['restore.file', 10],
  ['restore.checked', 1],
  ['current.written', 1],
  ['restore.moved', 4],
  ['restore.unmarked', 2],
);

type Say = (figure: 'lost' | 'halves' | 'damage taken' | 'broken', what: string) => void;

/**
 * A backup is made of a service that is written to, and restored elsewhere: what was acknowledged before it began must
 * be there. With a byte flipped anywhere it is refused. A backup that is killed is none; a restore that is killed
 * leaves nothing that serves unless whole, and the next one into the same folders comes to its end.
 */
export const tortureBackups: Torture = ({ rounds, seed: first, tell }) =>
  withMadeUpShop(1, async (shop) => {
    const broken: { seed: number; what: string }[] = [];
    const figures = {
      backups: 0,
      acknowledged: 0,
      kills: 0,
      lost: 0,
      halves: 0,
      'damage taken': 0,
      broken: 0,
    };
    for (let seed = first; seed < first + rounds; seed++) {
      const say: Say = (figure, what) => {
        figures[figure]++;
        broken.push({ seed, what });
        tell(`seed ${seed}: ${what}`);
      };
      await withCopy(shop, async (copy) => {
        const to = path.join(copy, 'backup');
        figures.acknowledged += await backUpWhileWriting(copy, to, seed, say);
        figures.backups++;
        const answers = await restoredAnswers(to);
        await refuseDamage(to, seed, say);
        figures.kills += await killBackup(copy, seed, say);
        figures.kills += await killRestore(to, seed, answers, say);
      });
      if ((seed - first + 1) % 5 === 0) tell(`${seed - first + 1} of ${rounds}, ${figures.kills} kills`);
    }
    return { figures, broken };
  });

/** Backs up between writes and looks for them where it is restored; returns how many there were. */
async function backUpWhileWriting(copy: string, to: string, seed: number, say: Say): Promise<number> {
  const server = await mustServe(copy);
  const clients = Array.from({ length: CLIENTS }, (_, at) => new WritingClient(`b${at}x`, seed * 31 + at));
  const all = (): number => clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const writing = Promise.all(clients.map((client) => client.write(server.address)));
  try {
    while (all() < MIN_WRITES)
      await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 5))]);
    for (const client of clients) client.promise();
    const before = all();
    const { code, stderr } = await runShelfwright(['backup', to, ...whereIn(copy)]);
    for (const client of clients) client.stop();
    await writing;
    if (code !== 0) {
      say('broken', `backup ended with ${code}: ${stderr}`);
      return before;
    }
    await withFolder(async (elsewhere) => {
      await runShelfwright(['restore', to, ...whereIn(elsewhere)]);
      const restored = await startServing(elsewhere);
      if (restored.address === undefined) {
        say('broken', `no service starts over the restored folders: ${restored.why}`);
        return;
      }
      try {
        for (const lost of await findWrites(restored.address, clients)) say('lost', lost);
      } finally {
        await restored.kill();
      }
    });
    return before;
  } finally {
    for (const client of clients) client.stop();
    await server.kill();
  }
}

async function restoredAnswers(from: string): Promise<string[]> {
  return withFolder(async (elsewhere) => {
    await runShelfwright(['restore', from, ...whereIn(elsewhere)]);
    const server = await mustServe(elsewhere);
    return answersOf(server.address).finally(() => server.kill());
  });
}

async function refuseDamage(backup: string, seed: number, say: Say): Promise<void> {
  const { files } = z
    .object({ files: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(path.join(backup, 'backup.json'), 'utf8')));
  const names = ['backup.json', ...Object.keys(files)];
  const name = names[seed % names.length] ?? 'backup.json';
  await withCopy(backup, async (copy) => {
    const at = flip(path.join(copy, name), seed % 4, seededRandom(seed));
    await withFolder(async (elsewhere) => {
      const { code, stderr } = await runShelfwright(['restore', copy, ...whereIn(elsewhere)]);
      if (code !== 1 || !/damaged|checksum|format/.test(stderr))
        say('damage taken', `${name} flipped at ${at}, and restore ended with ${code}: ${stderr}`);
      if (readdirSync(elsewhere).length > 0)
        say('damage taken', `${name} flipped at ${at}, and ${readdirSync(elsewhere).join(', ')} is left`);
    });
  });
}

async function killBackup(copy: string, seed: number, say: Say): Promise<number> {
  const to = path.join(copy, 'killed');
  const killed = await killedAt(['backup', to, ...whereIn(copy)], BACKING_UP, seed);
  const whole = existsSync(path.join(to, 'backup.json'));
  await withFolder(async (elsewhere) => {
    const { code, stderr } = await runShelfwright(['restore', to, ...whereIn(elsewhere)]);
    if ((code === 0) !== whole)
      say('halves', `a backup killed ${killed}, and restore ended with ${code}: ${stderr}`);
  });
  return 1;
}

async function killRestore(
  backup: string,
  seed: number,
  answers: readonly string[],
  say: Say,
): Promise<number> {
  await withFolder(async (elsewhere) => {
    const command = ['restore', backup, ...whereIn(elsewhere)];
    const killed = await killedAt(command, RESTORING, seed);
    const begun = existsSync(path.join(elsewhere, 'data'));
    if (begun) {
      const server = await startServing(elsewhere);
      if (server.address === undefined) {
        if (!server.why.includes('was cut off'))
          say('halves', `restore killed ${killed}: the service says ${server.why}`);
        const again = await runShelfwright(command);
        if (again.code !== 0) say('halves', `restore killed ${killed}, the next ended with: ${again.stderr}`);
      } else await server.kill();
    } else await runShelfwright(command);
    const server = await startServing(elsewhere);
    if (server.address === undefined) {
      say('halves', `restore killed ${killed}, and after the next no service starts: ${server.why}`);
      return;
    }
    const wrong = differing(await answersOf(server.address), answers);
    if (wrong !== undefined) say('halves', `restore killed ${killed}, and ${wrong} is answered otherwise`);
    await server.kill();
    const left = readdirSync(elsewhere).filter((name) => name !== 'data' && name !== 'indexes');
    if (left.length > 0 || existsSync(path.join(elsewhere, 'data', '.restoring')))
      say('halves', `restore killed ${killed}, and ${left.join(', ')} is left`);
  });
  return 1;
}

/** Kills a command at a random moment in even rounds, at a named step in odd ones, and says which. */
async function killedAt(command: readonly string[], steps: readonly string[], seed: number): Promise<string> {
  const step = seed % 2 === 0 ? undefined : steps[((seed - 1) / 2) % steps.length];
  const delay = seededRandom(seed)() * LONGEST_MS;
  const { child, ended } = startShelfwright(command, step === undefined ? {} : { SHELFWRIGHT_FAULT: step });
  const moment = step === undefined ? setTimeout(() => child.kill('SIGKILL'), delay) : undefined;
  await ended;
  clearTimeout(moment);
  return step === undefined ? `after ${delay.toFixed(0)} ms` : `at ${step}`;
}

function stepsOf(...steps: readonly (readonly [FaultPoint, number])[]): string[] {
  return steps.flatMap(([point, times]) =>
    Array.from({ length: times }, (_, time) => `${point}:${time + 1}`),
  );
}
