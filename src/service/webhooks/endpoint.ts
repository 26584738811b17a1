import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookEndpoint, WebhooksSettings } from '../../configuration/webhooks.js';
import { sentenceOf } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { postJson } from '../postJson.js';
import { Deliveries, type Delivery } from './deliveries.js';
import { readSecret } from './readSecret.js';
import { signatureHeaders } from './sign.js';

/** How often to look for something to send, in milliseconds. */
const POLL_INTERVAL_MS = 500;

export interface EndpointState {
  /** Without path and query, which may contain a secret. */
  readonly host: string;
  /** Failed attempts since the last delivery that was taken. */
  readonly failures: number;
  /** Why the last attempt failed; undefined if it did not. */
  readonly problem: string | undefined;
}

/**
 * Sends the events of one endpoint one after another, each until it is answered 2xx, so that each arrives at least once
 * and in order. Between attempts it pauses for a random time up to a limit that doubles.
 */
export class Endpoint {
  #failures = 0;
  #problem: string | undefined;
  readonly #deliveries: Deliveries;
  readonly #secret: string;
  readonly #host: string;

  /** @throws UserError if the secret cannot be read. */
  constructor(
    store: Store,
    private readonly endpoint: WebhookEndpoint,
    private readonly settings: WebhooksSettings,
    private readonly report: (state: EndpointState) => void,
  ) {
    this.#deliveries = new Deliveries(store, endpoint.url, endpoint.events);
    this.#secret = readSecret(endpoint);
    this.#host = new URL(endpoint.url).host;
  }

  get state(): EndpointState {
    return { host: this.#host, failures: this.#failures, problem: this.#problem };
  }

  /** Runs until the signal aborts. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let begun = false;
    while (!signal.aborted) {
      let waitMs = 0;
      try {
        if (!begun) await this.#deliveries.begin();
        begun = true;
        const delivery = await this.#deliveries.next();
        const problem = delivery === undefined ? undefined : await this.#send(delivery, signal);
        if (problem !== undefined) waitMs = this.#fail(problem, signal);
        else if (delivery === undefined) waitMs = POLL_INTERVAL_MS;
        else await this.#succeed(delivery);
      } catch (error) {
        waitMs = this.#fail(sentenceOf(error), signal);
      }
      // It rejects when the signal aborts, which ends the loop.
      if (waitMs > 0) await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Undefined if it was taken. */
  #send(delivery: Delivery, signal: AbortSignal): Promise<string | undefined> {
    const body = this.#deliveries.body(delivery);
    if (body === undefined) return Promise.resolve(undefined);
    return postJson(this.endpoint.url, {
      body,
      headers: {
        'x-shelfwright-delivery': delivery.id,
        'x-shelfwright-event': delivery.event,
        ...signatureHeaders(this.#secret, body),
      },
      timeoutMs: this.settings.timeout_seconds * 1000,
      signal,
    });
  }

  async #succeed(delivery: Delivery): Promise<void> {
    await this.#deliveries.advance(delivery);
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#problem = undefined;
    this.report(this.state);
  }

  /** Exponential backoff with full jitter: the milliseconds to wait. */
  #fail(problem: string, signal: AbortSignal): number {
    if (signal.aborted) return 0;
    const { min_pause_seconds, max_pause_seconds } = this.settings;
    const limit = Math.min(max_pause_seconds, min_pause_seconds * 2 ** Math.min(this.#failures, 30));
    this.#failures++;
    this.#problem = problem;
    if (this.#failures === 1) this.report(this.state);
    return Math.max(10, 1000 * limit * (0.5 + Math.random() / 2));
  }
}
