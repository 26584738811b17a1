import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Torture } from './torture.js';

const HANG_MS = 5000;
/** The importers' own share of memory, in MB: what needs more has no bound. */
const HEAP_MB = 600;
/** A process is given up after so many files, so that what it leaks shows as a crash and not as noise. */
const FILES_A_PROCESS = 2000;

const answerSchema = z.union([
  z.object({ outcome: z.enum(['imported', 'refused']) }),
  z.object({ broken: z.string() }),
]);
type Answer = z.infer<typeof answerSchema>;

/**
 * Files of every format, most of them damaged, each imported and filled as the commands do it: what comes of one is
 * rows and quarantine, or a sentence. A crash, another error, lost rows, or more than five seconds break the promise.
 */
export const tortureFuzzImporters: Torture = async ({ rounds, seed, tell }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-fuzz-'));
  const broken: { seed: number; what: string }[] = [];
  const figures = { imported: 0, refused: 0, longest_ms: 0 };
  let importer: Importer | undefined;
  try {
    for (let round = 0; round < rounds; round++) {
      if (round % FILES_A_PROCESS === 0) {
        importer?.end();
        importer = undefined;
      }
      importer ??= await Importer.start(path.join(folder, `from-${round}`));
      const started = performance.now();
      const answer = await importer.try(seed + round);
      figures.longest_ms = Math.max(figures.longest_ms, Math.round(performance.now() - started));
      if ('broken' in answer) {
        broken.push({ seed: seed + round, what: answer.broken });
        tell(`seed ${seed + round}: ${answer.broken}`);
      } else figures[answer.outcome]++;
      if (!importer.lives) importer = undefined;
      if ((round + 1) % 1000 === 0) tell(`${round + 1} files, ${broken.length} broken`);
    }
  } finally {
    importer?.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return { figures: { files: rounds, ...figures }, broken };
};

/** A process that imports files; it dies of a crash, and is killed when it hangs. */
class Importer {
  lives = true;

  private constructor(readonly child: ChildProcess) {}

  static async start(folder: string): Promise<Importer> {
    const script = new URL('./importers/importerWorker.js', import.meta.url);
    const child = fork(script, [folder], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(child, 'message');
    return new Importer(child);
  }

  try(seed: number): Promise<Answer> {
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.child.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(() => {
        this.end();
        settle({ broken: `it hung for more than ${HANG_MS} ms` });
      }, HANG_MS);
      this.child.once('message', (message) => settle(answerSchema.parse(message)));
      this.child.once('exit', (code, signal) => {
        this.lives = false;
        settle({ broken: `the process ended (${signal ?? code})` });
      });
      this.child.send(seed);
    });
  }

  end(): void {
    this.lives = false;
    this.child.removeAllListeners();
    this.child.kill('SIGKILL');
  }
}
