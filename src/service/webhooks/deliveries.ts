import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../configuration/webhooks.js';
import type { Store } from '../../store/open.js';

/** Changes in one delivery. */
const MAX_CHANGES = 1000;

/** What is being sent. It is stored before the first attempt, so that it keeps its id after a restart. */
const deliverySchema = z.object({
  id: z.string(),
  event: z.enum(WEBHOOK_EVENTS),
  created: z.string(),
  /** The job that finished. */
  job: z.string().optional(),
  /** The number of the last change. */
  until: z.number().int().optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const positionSchema = z.object({
  format: z.literal(1),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  /** The number of the last change that was delivered. */
  changes: z.number().int(),
  /** Ended jobs that were delivered, of those that the store keeps. */
  jobs: z.array(z.string()),
  pending: deliverySchema.nullable(),
});
type Position = z.infer<typeof positionSchema>;

/**
 * How far one endpoint is: the store's change log and list of jobs are the queue, so nothing is held in memory. An
 * endpoint begins with what happens after the first start with it.
 */
export class Deliveries {
  readonly #name: string;

  constructor(
    private readonly store: Store,
    url: string,
    private readonly events: readonly WebhookEvent[],
  ) {
    this.#name = `webhook ${createHash('sha256').update(url).digest('hex').slice(0, 16)}`;
  }

  /** Stores where the endpoint begins, for the events that it did not take before. */
  async begin(): Promise<void> {
    await this.store.transactionAsync(() => {
      const known = this.#read();
      const isNew = (event: WebhookEvent): boolean => known?.events.includes(event) !== true;
      this.#write({
        format: 1,
        events: [...this.events],
        changes: known === undefined || isNew('products.changed') ? this.store.changes.last() : known.changes,
        jobs: known === undefined || isNew('job.finished') ? this.store.jobs.endedIds() : known.jobs,
        pending: known?.pending ?? null,
      });
    });
  }

  /** What to send next; undefined if there is nothing. */
  async next(): Promise<Delivery | undefined> {
    const position = this.#position();
    if (position.pending !== null) return position.pending;
    const found = this.#find(position);
    if (found === undefined) return undefined;
    const pending = { id: randomUUID(), created: new Date().toISOString(), ...found };
    await this.store.transactionAsync(() => this.#write({ ...position, pending }));
    return pending;
  }

  /** The JSON text of a delivery; undefined if its job is no longer kept. */
  body({ id, event, created, job, until }: Delivery): string | undefined {
    if (job !== undefined) {
      const found = this.store.jobs.get(job);
      if (found === undefined) return undefined;
      const { progress: _, ...ended } = found;
      return JSON.stringify({ id, event, created, job: ended });
    }
    const next = until ?? 0;
    const changes = this.store.changes
      .since(this.#position().changes, MAX_CHANGES)
      .filter(({ sequence }) => sequence <= next);
    return JSON.stringify({ id, event, created, changes, next });
  }

  /** Stores that a delivery was taken. */
  async advance({ job, until }: Delivery): Promise<void> {
    await this.store.transactionAsync(() => {
      const position = this.#position();
      const kept = new Set(this.store.jobs.endedIds());
      const jobs = job === undefined ? position.jobs : [...position.jobs, job].filter((id) => kept.has(id));
      this.#write({ ...position, changes: until ?? position.changes, jobs, pending: null });
    });
  }

  #find({ jobs, changes }: Position): Pick<Delivery, 'event' | 'job' | 'until'> | undefined {
    if (this.events.includes('job.finished')) {
      const delivered = new Set(jobs);
      const job = this.store.jobs.endedIds().find((id) => !delivered.has(id));
      if (job !== undefined) return { event: 'job.finished', job };
    }
    if (!this.events.includes('products.changed') || this.store.changes.last() <= changes) return undefined;
    const until = this.store.changes.since(changes, MAX_CHANGES).at(-1)?.sequence;
    return until === undefined ? undefined : { event: 'products.changed', until };
  }

  #position(): Position {
    const position = this.#read();
    if (position === undefined) throw new Error(`${this.#name} has no position`);
    return position;
  }

  #read(): Position | undefined {
    const stored = this.store.settings.get(this.#name);
    return stored === undefined ? undefined : positionSchema.parse(stored);
  }

  #write(position: Position): void {
    this.store.settings.set(this.#name, position);
  }
}
