import { fork } from 'node:child_process';
import type { Quality } from './measureQuality.js';
import { measureResponseSchema, type MeasureRequest } from './qualityMessages.js';

/** Samples are bounded; what takes longer has met a machine that does next to nothing. */
const BUSY_TIMEOUT_MS = 5 * 60 * 1000;

/** Measures in a process of its own at a low priority. @throws Error where that came to nothing, or was aborted. */
export function measureInChildProcess(order: MeasureRequest, signal: AbortSignal): Promise<Quality> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./qualityWorker.js', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const end = (): void => {
      child.kill('SIGKILL');
    };
    const impatient = setTimeout(end, BUSY_TIMEOUT_MS);
    impatient.unref();
    signal.addEventListener('abort', end);
    let failure = 'the process that measures ended without a word';
    child.on('message', (message) => {
      const finding = measureResponseSchema.safeParse(message).data;
      if (finding === undefined) failure = 'the process that measures told something unreadable';
      else if ('quality' in finding) resolve(finding.quality);
      else failure = finding.failure;
    });
    child.once('error', (error) => {
      failure = error.message;
      if (child.pid === undefined) reject(error);
    });
    child.once('exit', () => {
      clearTimeout(impatient);
      signal.removeEventListener('abort', end);
      // After a finding this does nothing.
      reject(new Error(failure));
    });
    child.send(order, (error) => {
      if (error !== null) failure = error.message;
    });
  });
}
