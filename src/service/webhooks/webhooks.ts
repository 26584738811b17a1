import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebhooksSettings, webhooksSchema } from '../../configuration/webhooks.js';
import { sentenceOf } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { Endpoint, type EndpointState } from './endpoint.js';

const LOCK = '.webhooks.lock';
/** How often a service that does not send looks whether the one that does has ended, in milliseconds. */
const LOCK_INTERVAL_MS = 2000;

/**
 * Notifies the configured endpoints of finished jobs and changed products, whichever process wrote them. Of several
 * services over one store, one at a time sends. Nothing waits for an endpoint, and one does not wait for another.
 */
export class Webhooks {
  readonly #abort = new AbortController();
  readonly #listeners: ((state: EndpointState) => void)[] = [];
  readonly #endpoints: readonly Endpoint[];
  readonly #running: Promise<void>;

  /** @throws UserError if a secret cannot be read. */
  constructor(
    store: Store,
    private readonly indexesDir: string,
    settings: WebhooksSettings = webhooksSchema.parse({}),
  ) {
    this.#endpoints = settings.endpoints.map(
      (endpoint) => new Endpoint(store, endpoint, settings, (state) => this.#report(state)),
    );
    const sends = this.#endpoints.length > 0 && store.readOnly === undefined;
    this.#running = sends ? this.#run() : Promise.resolve();
  }

  get state(): EndpointState[] {
    return this.#endpoints.map(({ state }) => state);
  }

  /** Calls `listener` when deliveries to an endpoint begin to fail, and when they succeed again. */
  onReport(listener: (state: EndpointState) => void): void {
    this.#listeners.push(listener);
  }

  /** Gives up the attempt that is running; it is made again after the next start. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const unlock = await this.#lock(signal);
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.run(signal)));
    unlock?.();
  }

  async #lock(signal: AbortSignal): Promise<(() => void) | undefined> {
    let problem: string | undefined;
    while (!signal.aborted) {
      try {
        const unlock = acquireProcessMutex(path.join(this.indexesDir, LOCK));
        if (unlock !== undefined) return unlock;
      } catch (error) {
        // Reported once; another attempt may succeed.
        if (problem === undefined)
          for (const { state } of this.#endpoints) this.#report({ ...state, problem: sentenceOf(error) });
        problem = sentenceOf(error);
      }
      await pause(LOCK_INTERVAL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    return undefined;
  }

  #report(state: EndpointState): void {
    for (const listener of this.#listeners) listener(state);
  }
}
