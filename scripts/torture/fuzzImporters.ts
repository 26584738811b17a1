import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type FaultTest, requireProgress } from './faultTest.js';

const HANG_MS = 5000;
/** Heap limit of the importing process in MB; an importer that needs more has unbounded memory. */
const HEAP_MB = 600;
/** A process is replaced after this many files; a leak must crash it before, not slow down later rounds. */
const FILES_PER_PROCESS = 2000;

const answerSchema = z.union([
  z.object({ outcome: z.enum(['imported', 'refused']) }),
  z.object({ violation: z.string() }),
]);
type Answer = z.infer<typeof answerSchema>;

/**
 * Imports and fills files of every format, most of them damaged. Guarantees: each gives rows and quarantine, or a
 * message; no crash, no other error, no lost rows, and at most five seconds per file.
 */
export const testFuzzImporters: FaultTest = requireProgress(
  { always: ['files'], usually: ['imported', 'refused'] },
  async ({ rounds, seed, log }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-fuzz-'));
    const violations: { seed: number; what: string }[] = [];
    const figures = { imported: 0, refused: 0, longest_ms: 0 };
    let importer: Importer | undefined;
    try {
      for (let round = 0; round < rounds; round++) {
        if (round % FILES_PER_PROCESS === 0) {
          importer?.end();
          importer = undefined;
        }
        importer ??= await Importer.start(path.join(folder, `from-${round}`));
        const started = performance.now();
        const answer = await importer.import(seed + round);
        figures.longest_ms = Math.max(figures.longest_ms, Math.round(performance.now() - started));
        if ('violation' in answer) {
          violations.push({ seed: seed + round, what: answer.violation });
          log(`seed ${seed + round}: ${answer.violation}`);
        } else figures[answer.outcome]++;
        if (!importer.alive) importer = undefined;
        if ((round + 1) % 1000 === 0) log(`${round + 1} files, ${violations.length} violations`);
      }
    } finally {
      importer?.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    return { figures: { files: rounds, ...figures }, violations };
  },
);

/** A process that imports files. It is killed if it hangs. */
class Importer {
  alive = true;

  private constructor(readonly child: ChildProcess) {}

  static async start(folder: string): Promise<Importer> {
    const script = new URL('./fuzzImporters/importerWorker.js', import.meta.url);
    const child = fork(script, [folder], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(child, 'message');
    return new Importer(child);
  }

  import(seed: number): Promise<Answer> {
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.child.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(() => {
        this.end();
        settle({ violation: `hung for more than ${HANG_MS} ms` });
      }, HANG_MS);
      this.child.once('message', (message) => settle(answerSchema.parse(message)));
      this.child.once('exit', (code, signal) => {
        this.alive = false;
        settle({ violation: `the process exited (${signal ?? code})` });
      });
      this.child.send(seed);
    });
  }

  end(): void {
    this.alive = false;
    this.child.removeAllListeners();
    this.child.kill('SIGKILL');
  }
}
