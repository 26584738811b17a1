import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Ends the process at a deadline, even while its event loop is blocked. Its thread keeps no process alive. */
export class StopDeadline {
  readonly #thread = new Worker(new URL('./stopThread.js', import.meta.url));

  /** Resolves when the thread runs. */
  readonly ready: Promise<unknown> = once(this.#thread, 'online').catch(() => undefined);

  constructor() {
    this.#thread.unref();
    // Without the thread, the deadline is that of the event loop.
    this.#thread.on('error', () => undefined);
  }

  /** Kills the process after this time, unless it has ended or `release` was called. */
  start(milliseconds: number): void {
    this.#thread.postMessage(milliseconds);
  }

  release(): void {
    void this.#thread.terminate();
  }
}
