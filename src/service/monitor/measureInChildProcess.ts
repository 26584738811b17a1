import { fork } from 'node:child_process';
import type { Quality } from './quality.js';
import { type MeasureRequest, measureResponseSchema } from './qualityMessages.js';

/** Samples are bounded, so a run that takes longer hangs. */
const TIMEOUT_MS = 5 * 60 * 1000;

/** Measures in a child process of low priority. @throws Error where that fails or is aborted. */
export function measureInChildProcess(request: MeasureRequest, signal: AbortSignal): Promise<Quality> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./qualityWorker.js', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const timeout = setTimeout(kill, TIMEOUT_MS);
    timeout.unref();
    signal.addEventListener('abort', kill);
    let failure = 'the process that measures ended without an answer';
    child.on('message', (message) => {
      const response = measureResponseSchema.safeParse(message).data;
      if (response === undefined) failure = 'the process that measures sent an unreadable answer';
      else if ('quality' in response) resolve(response.quality);
      else failure = response.failure;
    });
    child.once('error', (error) => {
      failure = error.message;
      if (child.pid === undefined) reject(error);
    });
    child.once('exit', () => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', kill);
      // Does nothing where the promise is resolved already.
      reject(new Error(failure));
    });
    child.send(request, (error) => {
      if (error !== null) failure = error.message;
    });
  });
}
