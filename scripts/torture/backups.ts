import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FaultPoint } from '../../src/domain/faultPoint.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import { runShelfwright, startShelfwright } from '../../test/support/runShelfwright.js';
import { lostWrites } from './checkWrites.js';
import { type FaultTest, requireProgress } from './faultTest.js';
import { flipBit } from './flipBit.js';
import { whereIn, withCopy, withFolder, withGeneratedCatalog } from './generatedCatalog.js';
import { answersOf, firstDifference, startOrThrow, startService } from './searchService.js';
import { WritingClient } from './writingClient.js';

const CLIENTS = 3;
const MIN_WRITES = 20;
const MAX_DELAY_MS = 2000;
const BACKUP_STEPS = stepsOf(['backup.file', 8], ['backup.store', 1], ['backup.manifest', 1]);
const RESTORE_STEPS = stepsOf(
  ['restore.marked', 1],
  ['restore.file', 10],
  ['restore.checked', 1],
  ['current.written', 1],
  ['restore.moved', 4],
  ['restore.unmarked', 2],
);

type Report = (
  figure: 'lost writes' | 'partial states' | 'accepted damage' | 'failures',
  what: string,
) => void;

/**
 * Backs up a service during writes and restores the backup elsewhere. Guarantees: writes acknowledged before the backup
 * began are in it; a backup with a flipped bit is refused; a killed backup cannot be restored; after a killed restore no
 * service starts on partial data, and the next restore into the same folders succeeds.
 */
export const testBackups: FaultTest = requireProgress(
  { always: ['backups', 'acknowledged'], usually: ['kills'] },
  ({ rounds, seed: first, log, catalog }) =>
    withGeneratedCatalog(
      1,
      async (folder) => {
        const violations: { seed: number; what: string }[] = [];
        const figures = {
          backups: 0,
          acknowledged: 0,
          kills: 0,
          'lost writes': 0,
          'partial states': 0,
          'accepted damage': 0,
          failures: 0,
        };
        for (let seed = first; seed < first + rounds; seed++) {
          const report: Report = (figure, what) => {
            figures[figure]++;
            violations.push({ seed, what });
            log(`seed ${seed}: ${what}`);
          };
          await withCopy(folder, async (copy) => {
            const to = path.join(copy, 'backup');
            figures.acknowledged += await backUpWhileWriting(copy, to, seed, report);
            figures.backups++;
            const answers = await restoredAnswers(to);
            await refuseDamage(to, seed, report);
            figures.kills += await killBackup(copy, seed, report);
            figures.kills += await killRestore(to, seed, answers, report);
          });
          if ((seed - first + 1) % 5 === 0) log(`${seed - first + 1} of ${rounds}, ${figures.kills} kills`);
        }
        return { figures, violations };
      },
      catalog,
    ),
);

/** Backs up during writes, restores, and checks the writes; returns how many were acknowledged before the backup. */
async function backUpWhileWriting(copy: string, to: string, seed: number, report: Report): Promise<number> {
  const server = await startOrThrow(copy);
  const clients = Array.from({ length: CLIENTS }, (_, at) => new WritingClient(`b${at}x`, seed * 31 + at));
  const total = (): number => clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const writing = Promise.all(clients.map((client) => client.write(server.address)));
  try {
    while (total() < MIN_WRITES)
      await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 5))]);
    for (const client of clients) client.freeze();
    const before = total();
    const { code, stderr } = await runShelfwright(['backup', to, ...whereIn(copy)]);
    for (const client of clients) client.stop();
    await writing;
    if (code !== 0) {
      report('failures', `backup exited with ${code}: ${stderr}`);
      return before;
    }
    await withFolder(async (elsewhere) => {
      await runShelfwright(['restore', to, ...whereIn(elsewhere)]);
      const restored = await startService(elsewhere);
      if (restored.address === undefined) {
        report('failures', `no service starts on the restored folders: ${restored.why}`);
        return;
      }
      try {
        for (const lost of await lostWrites(restored.address, clients)) report('lost writes', lost);
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
    const server = await startOrThrow(elsewhere);
    return answersOf(server.address).finally(() => server.kill());
  });
}

async function refuseDamage(backup: string, seed: number, report: Report): Promise<void> {
  const { files } = z
    .object({ files: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(path.join(backup, 'backup.json'), 'utf8')));
  const names = ['backup.json', ...Object.keys(files)];
  const name = names[seed % names.length] ?? 'backup.json';
  await withCopy(backup, async (copy) => {
    const at = flipBit(path.join(copy, name), seed % 4, seededRandom(seed));
    await withFolder(async (elsewhere) => {
      const { code, stderr } = await runShelfwright(['restore', copy, ...whereIn(elsewhere)]);
      if (code !== 1 || !/damaged|checksum|format/.test(stderr))
        report('accepted damage', `${name} flipped at ${at}, but restore exited with ${code}: ${stderr}`);
      if (readdirSync(elsewhere).length > 0)
        report(
          'accepted damage',
          `${name} flipped at ${at}, leftovers: ${readdirSync(elsewhere).join(', ')}`,
        );
    });
  });
}

async function killBackup(copy: string, seed: number, report: Report): Promise<number> {
  const to = path.join(copy, 'killed');
  const killed = await killedAt(['backup', to, ...whereIn(copy)], BACKUP_STEPS, seed);
  const complete = existsSync(path.join(to, 'backup.json'));
  await withFolder(async (elsewhere) => {
    const { code, stderr } = await runShelfwright(['restore', to, ...whereIn(elsewhere)]);
    if ((code === 0) !== complete)
      report('partial states', `backup killed ${killed}, but restore exited with ${code}: ${stderr}`);
  });
  return 1;
}

async function killRestore(
  backup: string,
  seed: number,
  answers: readonly string[],
  report: Report,
): Promise<number> {
  await withFolder(async (elsewhere) => {
    const command = ['restore', backup, ...whereIn(elsewhere)];
    const killed = await killedAt(command, RESTORE_STEPS, seed);
    const started = existsSync(path.join(elsewhere, 'data'));
    if (started) {
      const server = await startService(elsewhere);
      if (server.address === undefined) {
        if (!server.why.includes('was interrupted'))
          report('partial states', `restore killed ${killed}: the service says ${server.why}`);
        const again = await runShelfwright(command);
        if (again.code !== 0)
          report('partial states', `restore killed ${killed}, the next one failed: ${again.stderr}`);
      } else await server.kill();
    } else await runShelfwright(command);
    const server = await startService(elsewhere);
    if (server.address === undefined) {
      report(
        'partial states',
        `restore killed ${killed}, after the next one no service starts: ${server.why}`,
      );
      return;
    }
    const wrong = firstDifference(await answersOf(server.address), answers);
    if (wrong !== undefined)
      report('partial states', `restore killed ${killed}, the answer to ${wrong} differs`);
    await server.kill();
    const left = readdirSync(elsewhere).filter((name) => name !== 'data' && name !== 'indexes');
    if (left.length > 0 || existsSync(path.join(elsewhere, 'data', '.restoring')))
      report('partial states', `restore killed ${killed}, leftovers: ${left.join(', ')}`);
  });
  return 1;
}

/** Kills a command at a random time in even rounds, at a fault point in odd ones, and returns a description. */
async function killedAt(command: readonly string[], steps: readonly string[], seed: number): Promise<string> {
  const step = seed % 2 === 0 ? undefined : steps[((seed - 1) / 2) % steps.length];
  const delay = seededRandom(seed)() * MAX_DELAY_MS;
  const { child, ended } = startShelfwright(command, step === undefined ? {} : { SHELFWRIGHT_FAULT: step });
  const timer = step === undefined ? setTimeout(() => child.kill('SIGKILL'), delay) : undefined;
  await ended;
  clearTimeout(timer);
  return step === undefined ? `after ${delay.toFixed(0)} ms` : `at ${step}`;
}

function stepsOf(...steps: readonly (readonly [FaultPoint, number])[]): string[] {
  return steps.flatMap(([point, times]) =>
    Array.from({ length: times }, (_, time) => `${point}:${time + 1}`),
  );
}
