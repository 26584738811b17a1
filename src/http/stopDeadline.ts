import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

interface StopDeadlineOptions {
  /** From the signal to the end, in milliseconds. */
  readonly milliseconds: number;
  /** A signal that follows within this time repeats the first; a later one asks to end at once. */
  readonly sameSignal: number;
}

/**
 * Ends the process at a deadline after SIGINT or SIGTERM, even while its event loop is blocked, and even if that is so
 * already when the signal arrives. Its thread keeps no process alive.
 */
export class StopDeadline {
  readonly #thread: Worker;

  /** Resolves when the thread receives signals. */
  readonly ready: Promise<unknown>;

  constructor(options: StopDeadlineOptions) {
    this.#thread = new Worker(new URL('./stopThread.js', import.meta.url), { workerData: options });
    this.ready = once(this.#thread, 'message').catch(() => undefined);
    this.#thread.unref();
    // Without the thread, the deadline is that of the event loop.
    this.#thread.on('error', () => undefined);
  }

  /** Starts the deadline, unless the thread has seen a signal by itself. */
  start(): void {
    this.#thread.postMessage('stop');
  }

  /** Calls off the deadline. */
  release(): void {
    void this.#thread.terminate();
  }
}
