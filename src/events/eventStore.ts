import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { GroupCommit } from '../store/groupCommit.js';
import { createPrivate } from '../store/open.js';
import { Sqlite } from '../store/sqlite.js';
import { DEVICES, type ServedSearch, type ShopEvent, type StoredEvent } from './event.js';
import { migrateEvents } from './eventSchema.js';
import { ExperimentTable } from './experimentTable.js';
import { ImportedRankings } from './importedRankings.js';

/** Rows that one statement deletes, so that searches are answered in between. */
const DELETED_AT_ONCE = 5000;

const storedEvent = z.object({
  id: z.number(),
  at: z.number(),
  action: z.string(),
  queryId: z.string().nullable(),
  sessionId: z.string().nullable(),
  clientId: z.string().nullable(),
  objectId: z.string().nullable(),
  position: z.number().nullable(),
  quantity: z.number().nullable(),
  price: z.number().nullable(),
  orderId: z.string().nullable(),
  attributes: z.string().nullable(),
  key: z.string().nullable(),
});

const servedSearch = z.object({
  queryId: z.string(),
  at: z.number(),
  query: z.string(),
  total: z.number(),
  shown: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  tookMs: z.number(),
  page: z.number(),
  filtered: z.number().transform((flag) => flag === 1),
  clientId: z.string().nullable(),
  experiment: z.string().nullable(),
  variant: z.string().nullable(),
  teams: z.string().nullable(),
  fields: z
    .string()
    .nullable()
    .transform((text) => (text === null ? [] : z.array(z.string()).parse(JSON.parse(text)))),
  device: z.enum(DEVICES).nullable(),
});

const orderRow = z.tuple([z.string(), z.string()]);

const COLUMNS = `id, at, action, query_id as queryId, session_id as sessionId, client_id as clientId,
  object_id as objectId, position, quantity, price, order_id as orderId, attributes, event_key as key`;

/** What the store holds. */
export interface EventTotals {
  readonly events: number;
  readonly searches: number;
  /** Times of the first and the last event, in milliseconds since 1970; null without events. */
  readonly first: number | null;
  readonly last: number | null;
  readonly actions: Readonly<Record<string, number>>;
}

const totalsSchema = z.object({
  events: z.number(),
  first: z.number().nullable(),
  last: z.number().nullable(),
});

/** The file of the events in a data folder. */
function eventsFile(dataDir: string): string {
  return path.join(dataDir, 'events.sqlite');
}

/**
 * Events and the searches that they follow, in a file of their own: they are many, are deleted after some time, and are
 * no part of the catalog. Acknowledged events are on disk (group commit); the searches may lose the last second in a
 * power failure.
 */
export class EventStore {
  /** The secret with which ids are hashed. */
  readonly salt: Buffer;
  readonly experiments: ExperimentTable;
  /** Rankings that the shop imported, to compare with. */
  readonly rankings: ImportedRankings;
  readonly #database: Database;
  readonly #commits: GroupCommit;
  readonly #add;
  readonly #addSearch;
  readonly #between;
  readonly #size;
  readonly #following;

  /**
   * Opens the events of an existing data folder, and creates the file as needed.
   * @throws UserError if it has the format of another version.
   */
  constructor(dataDir: string, busyTimeout: number) {
    const file = eventsFile(dataDir);
    createPrivate(file);
    this.#database = new Sqlite(file, { timeout: busyTimeout });
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    // Deleted events must not stay readable in free pages.
    this.#database.pragma('secure_delete = ON');
    try {
      this.salt = migrateEvents(this.#database, file);
    } catch (error) {
      this.#database.close();
      throw error;
    }
    this.#commits = new GroupCommit(this.#database, file, busyTimeout);
    this.experiments = new ExperimentTable(this.#database, this.#commits);
    this.rankings = new ImportedRankings(this.#database);
    this.#add = this.#database.prepare<[ShopEvent & { received: number }]>(
      `insert or ignore into events (received, at, action, query_id, session_id, client_id, object_id, position,
         quantity, price, order_id, attributes, event_key)
       values (@received, @at, @action, @queryId, @sessionId, @clientId, @objectId, @position,
         @quantity, @price, @orderId, @attributes, @key)`,
    );
    this.#addSearch = this.#database.prepare<[Record<string, unknown>]>(
      `insert or ignore into searches values (@queryId, @at, @query, @total, @shown, @tookMs, @page, @filtered,
         @clientId, @experiment, @variant, @teams, @fields, @device)`,
    );
    this.#size = this.#database.prepare('select coalesce(max(id) - min(id) + 1, 0) from events');
    this.#between = this.#database.prepare<[number, number]>(
      `select ${COLUMNS} from events where at >= ? and at < ? order by at, id`,
    );
    this.#following = this.#database.prepare<[string]>(
      `select ${COLUMNS} from events where query_id = ? order by at, id`,
    );
  }

  /**
   * Resolves when the events are on disk; for each, whether it is new. One that was sent before, by its key, is not
   * stored again.
   */
  add(events: readonly ShopEvent[], received: number): Promise<boolean[]> {
    return this.#commits.run(
      () => events.map((event) => this.#add.run({ ...event, received }).changes === 1),
      true,
    );
  }

  /** Resolves when the searches are committed, with the number of those that are new. */
  addSearches(searches: readonly ServedSearch[]): Promise<number> {
    return this.#commits.run(() => {
      let added = 0;
      for (const search of searches) {
        const lists = { shown: JSON.stringify(search.shown), fields: JSON.stringify(search.fields) };
        added += this.#addSearch.run({ ...search, ...lists, filtered: search.filtered ? 1 : 0 }).changes;
      }
      return added;
    }, false);
  }

  /** Replaces an imported ranking, on disk when it resolves. */
  importRanking(name: string, products: ReadonlyMap<string, readonly string[]>): Promise<void> {
    return this.rankings.replace(name, products, this.#commits);
  }

  /** A connection that only reads, so that a long report delays no write. The caller closes it. */
  openReader(): Database {
    return new Sqlite(this.#database.name, { readonly: true, fileMustExist: true });
  }

  /** The number of stored events, at once; slightly too large after deletions out of order. */
  size(): number {
    return Number(this.#size.pluck().get());
  }

  /** Events that happened from one time to before another, in this order. */
  *between(from: number, to: number): Generator<StoredEvent> {
    for (const row of this.#between.iterate(from, to)) yield storedEvent.parse(row);
  }

  /** Searches that were answered from one time to before another, in this order. */
  *searchesBetween(from: number, to: number): Generator<ServedSearch> {
    const rows = this.#database.prepare<[number, number]>(
      `select query_id as queryId, at, query, total, shown, took_ms as tookMs, page, filtered, client_id as clientId,
         experiment, variant, teams, fields, device from searches where at >= ? and at < ? order by at, query_id`,
    );
    for (const row of rows.iterate(from, to)) yield servedSearch.parse(row);
  }

  /** The events that follow a search. */
  following(queryId: string): StoredEvent[] {
    return z.array(storedEvent).parse(this.#following.all(queryId));
  }

  /** The products of each order in a time, one order after another. */
  *orders(from: number, to: number): Generator<string[]> {
    const rows = this.#database.prepare<[number, number]>(
      `select order_id, object_id from events where action = 'purchase' and order_id is not null
         and object_id is not null and at >= ? and at < ? order by order_id`,
    );
    let current: string | undefined;
    let products: string[] = [];
    for (const row of rows.raw().iterate(from, to)) {
      const [order, product] = orderRow.parse(row);
      if (order !== current && products.length > 0) {
        yield products;
        products = [];
      }
      current = order;
      products.push(product);
    }
    if (products.length > 0) yield products;
  }

  totals(): EventTotals {
    const events = totalsSchema.parse(
      this.#database
        .prepare('select count(*) as events, min(at) as first, max(at) as last from events')
        .get(),
    );
    const actions = z
      .array(z.tuple([z.string(), z.number()]))
      .parse(
        this.#database
          .prepare('select action, count(*) from events group by action order by count(*) desc, action')
          .raw()
          .all(),
      );
    return { ...events, searches: this.#count('searches'), actions: Object.fromEntries(actions) };
  }

  /**
   * Deletes the events that were received, and the searches that were answered, before a time, in parts with pauses, and
   * returns their numbers. The deleted data is overwritten.
   */
  async deleteBefore(time: number): Promise<{ readonly events: number; readonly searches: number }> {
    const events = await this.#deleteInParts(
      'delete from events where id in (select id from events where received < ? limit ?)',
      time,
    );
    const searches = await this.#deleteInParts(
      'delete from searches where query_id in (select query_id from searches where at < ? limit ?)',
      time,
    );
    return { events, searches };
  }

  /** Shrinks the file by its free pages, and empties the write-ahead log. Takes seconds for many events. */
  vacuum(): void {
    this.#database.exec('vacuum');
    this.#database.pragma('wal_checkpoint(truncate)');
  }

  /** Writes a consistent copy to a new file. */
  copyTo(file: string): void {
    this.#database.prepare('vacuum into ?').run(file);
  }

  close(): void {
    this.#database.close();
  }

  async #deleteInParts(sql: string, time: number): Promise<number> {
    const statement = this.#database.prepare<[number, number]>(sql);
    let deleted = 0;
    for (;;) {
      const part = await this.#commits.run(() => statement.run(time, DELETED_AT_ONCE).changes, false);
      deleted += part;
      if (part < DELETED_AT_ONCE) return deleted;
      await new Promise(setImmediate);
    }
  }

  #count(table: 'events' | 'searches'): number {
    return Number(this.#database.prepare(`select count(*) from ${table}`).pluck().get());
  }
}

/** A connection that only reads the events of a data folder. */
export function openEventsToRead(dataDir: string): Database {
  return new Sqlite(eventsFile(dataDir), { readonly: true, fileMustExist: true });
}

/** Whether a data folder has events. */
export function hasEvents(dataDir: string): boolean {
  return existsSync(eventsFile(dataDir));
}
