import { setTimeout as sleep } from 'node:timers/promises';
import { sentenceOf, UnavailableError } from '../domain/errors.js';
import { hashId, maskPersonalData } from '../events/anonymize.js';
import { MAX_SHOWN, type ServedSearch, type ShopEvent, type Shopper } from '../events/event.js';
import { EventStore, hasEvents } from '../events/eventStore.js';
import { type EventProblem, readUbiEvent } from '../events/ubiEvent.js';
import { fieldsIn } from '../search/filter/matchProduct.js';
import { parseFilter } from '../search/filter/parseFilter.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import type { SearchRequest } from '../search/searchRequest.js';
import { fold } from '../text/fold.js';
import type { ExperimentedAnswer } from './lab/searchInExperiment.js';

const WRITE_EVERY_MS = 1000;
const DAY_MS = 86_400_000;
/** Searches kept in memory while they cannot be written; beyond them the oldest are dropped. */
const MAX_PENDING = 20_000;
const MAX_QUERY = 200;
/** How long events wait for those of other requests, and how many make a transaction. */
const GATHER_MS = 20;
const MAX_GATHERED = 500;

/** Events of several requests, stored together. */
interface Batch {
  readonly events: ShopEvent[];
  /** For each event, whether it is new. */
  readonly stored: Promise<boolean[]>;
}

export type EventResult =
  | { readonly status: 'stored' | 'duplicate'; readonly dropped?: readonly string[] }
  | ({ readonly status: 'refused' } & EventProblem);

/** Events of shoppers, and the searches that they follow. */
export interface ShopEvents {
  /**
   * Stores events, and answers each in order. Those that are stored are on disk.
   * @throws UnavailableError if events are turned off, or the folder cannot be written.
   */
  add(events: readonly unknown[]): Promise<EventResult[]>;
  /** Records an answered search of a shopper who sends an id. The answer does not wait for it. */
  recordSearch(
    queryId: string,
    asked: SearchRequest,
    answer: SearchAnswer,
    shopper: Shopper,
    mixed?: ExperimentedAnswer,
  ): void;
}

export interface ShopEventsOptions {
  readonly dataDir: string;
  /** 0: none are kept. */
  readonly retentionDays: number;
  /** From how many stored events on further ones are refused. */
  readonly maxEvents: number;
  /** Why the data folder cannot be written. */
  readonly readOnly: string | undefined;
  /** How long a write waits for another process, in milliseconds. */
  readonly busyTimeout: number;
}

/** A search to record; ids are hashed when it is written. */
type PendingSearch = Omit<ServedSearch, 'clientId'> & { readonly client: string };

/** Keeps the events of a running service, for as many days as the settings say. */
export class EventRecorder implements ShopEvents {
  /** Opened when it is needed first. */
  #store: EventStore | undefined;
  readonly #timer: NodeJS.Timeout;
  /** What gathers now, and all that are not stored yet. */
  #batch: Batch | undefined;
  readonly #batches = new Set<Batch>();
  #pending: PendingSearch[] = [];
  #work: Promise<void> = Promise.resolve();
  #prunedOn = 0;
  #problem: string | undefined;

  constructor(
    private readonly options: ShopEventsOptions,
    private readonly now: () => number = Date.now,
  ) {
    this.#timer = setInterval(() => this.#write(), WRITE_EVERY_MS);
    this.#timer.unref();
  }

  /** Why searches are not recorded; undefined if they are. */
  problem(): string | undefined {
    return this.#problem;
  }

  async add(events: readonly unknown[]): Promise<EventResult[]> {
    const store = this.#writable();
    if (store.size() + events.length > this.options.maxEvents)
      throw new UnavailableError(
        `There are ${store.size()} events, and ${this.options.maxEvents} are allowed (setting events.max_events): delete old ones with shelfwright events clear --before, or raise the setting.`,
      );
    const now = this.now();
    const read = events.map((event) => readUbiEvent(event, store.salt, now));
    const valid = read.flatMap((one) => ('event' in one ? [one.event] : []));
    const stored = (valid.length === 0 ? [] : await this.#addTogether(store, valid)).values();
    return read.map((one): EventResult => {
      if ('problem' in one) return { status: 'refused', ...one.problem };
      const status = stored.next().value === true ? 'stored' : 'duplicate';
      return one.dropped.length === 0 ? { status } : { status, dropped: one.dropped };
    });
  }

  /**
   * Events of requests that come within some milliseconds are one transaction and one flush, because both cost more than
   * the rows, on the thread that answers searches. All of them fail together.
   */
  async #addTogether(store: EventStore, events: readonly ShopEvent[]): Promise<boolean[]> {
    const batch = this.#batch ?? this.#gather(store);
    const from = batch.events.length;
    for (const event of events) batch.events.push(event);
    // What comes now is in the next one.
    if (batch.events.length >= MAX_GATHERED) this.#batch = undefined;
    return (await batch.stored).slice(from, from + events.length);
  }

  #gather(store: EventStore): Batch {
    const events: ShopEvent[] = [];
    const batch: Batch = {
      events,
      stored: sleep(GATHER_MS).then(() => {
        if (this.#batch === batch) this.#batch = undefined;
        return store.add(events, this.now());
      }),
    };
    this.#batch = batch;
    this.#batches.add(batch);
    const forget = (): void => void this.#batches.delete(batch);
    batch.stored.then(forget, forget);
    return batch;
  }

  recordSearch(
    queryId: string,
    asked: SearchRequest,
    answer: SearchAnswer,
    shopper: Shopper,
    mixed?: ExperimentedAnswer,
  ): void {
    const client = shopper.client_id ?? shopper.session_id;
    if (client === undefined || !this.#isOn()) return;
    this.#pending.push({
      queryId,
      at: this.now(),
      query: maskPersonalData(fold(asked.q)).slice(0, MAX_QUERY),
      total: answer.total,
      shown: answer.hits.slice(0, MAX_SHOWN).map(({ id }) => id),
      tookMs: answer.took_ms,
      page: asked.page,
      filtered: (asked.filter ?? '') !== '' || (asked.refine ?? '') !== '',
      fields: fieldsOf(asked),
      device: shopper.device ?? null,
      client,
      experiment: mixed?.experiment ?? null,
      variant: mixed?.variant ?? null,
      teams: mixed?.teams === undefined ? null : JSON.stringify(mixed.teams.slice(0, MAX_SHOWN)),
    });
    if (this.#pending.length > 2 * MAX_PENDING) this.#pending = this.#pending.slice(-MAX_PENDING);
  }

  /** Writes what is left; nothing is recorded after. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#write();
    await this.#work;
    // Those who sent them are told if it fails.
    await Promise.allSettled([...this.#batches].map(({ stored }) => stored));
    this.#store?.close();
  }

  #isOn(): boolean {
    return this.options.retentionDays > 0 && this.options.readOnly === undefined;
  }

  #writable(): EventStore {
    const { readOnly } = this.options;
    if (readOnly !== undefined) throw new UnavailableError(`Events cannot be stored: ${readOnly}`);
    if (!this.#isOn())
      throw new UnavailableError(
        'Events are turned off (setting events.retention_days is 0), so none were stored.',
      );
    return this.#open();
  }

  /** The store of the events; undefined while there is none, or events are turned off. */
  known(): EventStore | undefined {
    return this.#isOn() && (this.#store !== undefined || hasEvents(this.options.dataDir))
      ? this.#open()
      : undefined;
  }

  /** The same, made if there is none. @throws UnavailableError as `add`. */
  store(): EventStore {
    return this.#writable();
  }

  #open(): EventStore {
    this.#store ??= new EventStore(this.options.dataDir, this.options.busyTimeout);
    return this.#store;
  }

  #write(): void {
    this.#work = this.#work.then(() => this.#writePending());
  }

  async #writePending(): Promise<void> {
    const searches = this.#pending;
    this.#pending = [];
    try {
      if (searches.length > 0) await this.#writeSearches(searches);
      await this.#prune();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = `Searches are not recorded for events (${sentenceOf(error)}); they are answered without it.`;
      this.#pending = [...searches, ...this.#pending].slice(-MAX_PENDING);
    }
  }

  async #writeSearches(searches: readonly PendingSearch[]): Promise<void> {
    const store = this.#writable();
    await store.addSearches(
      searches.map(({ client, ...search }) => ({ ...search, clientId: hashId(client, store.salt) })),
    );
  }

  /** Once a day: deletes what is older than the settings allow, which is all where events are turned off. */
  async #prune(): Promise<void> {
    const { dataDir, readOnly, retentionDays } = this.options;
    const day = Math.floor(this.now() / DAY_MS) + 1;
    if (day === this.#prunedOn || readOnly !== undefined || !hasEvents(dataDir)) return;
    await this.#open().deleteBefore(this.now() - retentionDays * DAY_MS);
    this.#prunedOn = day;
  }
}

/** The fields that a search was limited by. It was answered, so that its filters can be read. */
function fieldsOf({ filter = '', refine = '' }: SearchRequest): string[] {
  const filters = [filter, refine].filter((text) => text.trim() !== '');
  return [...new Set(filters.flatMap((text) => fieldsIn(parseFilter(text))))].toSorted();
}
