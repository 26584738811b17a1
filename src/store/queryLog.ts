import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Sqlite } from './sqlite.js';

/** One search as it is kept: nothing in it says who asked. */
export interface LoggedSearch {
  /** Folded. */
  readonly query: string;
  /** `2026-11-21`, in UTC. */
  readonly day: string;
  readonly mode: 'hybrid' | 'lexical';
  /** Whether a word of it was taken for another. */
  readonly corrected: boolean;
  /** Whether it asked within a filter, so that finding nothing says little about its words. */
  readonly filtered: boolean;
  /** Products found. */
  readonly total: number;
}

/** What is known of one query over the days that are kept. */
export interface LoggedQuery {
  readonly query: string;
  readonly searches: number;
  /** Products found by the last search of the newest day. */
  readonly total: number;
  readonly last_day: string;
}

const loggedQuery = z.object({
  query: z.string(),
  searches: z.number(),
  total: z.number(),
  last_day: z.string(),
});

const tally = z.object({ searches: z.number(), empty: z.number() });

/** SQLite gives the bare columns of a group from the row that holds its `max`. */
const SUMMED = 'select query, sum(searches) as searches, total, max(day) as last_day from queries';

/**
 * The counts of searches in a store, through a connection of their own: forgetting the last second when the power
 * fails is allowed here, and where another process writes it is not waited for.
 */
export class QueryLog {
  readonly #database: Database;
  readonly #add;
  readonly #tally;
  readonly #prune;
  readonly #clear;
  readonly #asked;
  readonly #popular;
  readonly #empty;

  /**
   * `file` is a store that is open. A write waits up to `timeout` milliseconds for another writer, then throws.
   * With `readonly` nothing can be written.
   */
  constructor(file: string, timeout: number, { readonly = false }: { readonly readonly?: boolean } = {}) {
    this.#database = new Sqlite(file, { timeout, fileMustExist: true, readonly });
    this.#database.pragma('synchronous = NORMAL');
    // What people asked for must not stay legible in pages that are free again.
    this.#database.pragma('secure_delete = ON');
    this.#add = this.#database.prepare<[LoggedRow]>(
      `insert into queries (query, day, mode, corrected, filtered, searches, empty, total)
         values (@query, @day, @mode, @corrected, @filtered, 1, @empty, @total)
       on conflict do update set
         searches = searches + 1, empty = empty + excluded.empty, total = excluded.total`,
    );
    this.#tally = this.#database.prepare<[string]>(
      `select coalesce(sum(searches), 0) as searches, coalesce(sum(empty), 0) as empty
         from queries where filtered = 0 and day >= ?`,
    );
    this.#prune = this.#database.prepare<[string]>('delete from queries where day < ?');
    this.#clear = this.#database.prepare('delete from queries');
    this.#asked = this.#database.prepare<[number]>(
      `${SUMMED} group by query order by searches desc, query limit ?`,
    );
    this.#popular = this.#database.prepare<[number, number]>(
      `${SUMMED} group by query having sum(searches) >= ? and sum(searches) > sum(empty)
         order by searches desc, query limit ?`,
    );
    this.#empty = this.#database.prepare<[number]>(
      `${SUMMED} where filtered = 0 group by query having sum(searches) = sum(empty)
         order by searches desc, query limit ?`,
    );
  }

  /** Adds searches to the counts, all or none. */
  add(searches: readonly LoggedSearch[]): void {
    this.#database
      .transaction(() => {
        for (const { corrected, filtered, total, ...rest } of searches) {
          this.#add.run({
            ...rest,
            total,
            corrected: corrected ? 1 : 0,
            filtered: filtered ? 1 : 0,
            empty: total === 0 ? 1 : 0,
          });
        }
      })
      .immediate();
  }

  /** All queries: most searches first, then by query. */
  asked(limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#asked.all(limit));
  }

  /** The queries asked at least `least` times that found something at least once, in the same order. */
  popular(min: number, limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#popular.all(min, limit));
  }

  /** The queries that never found anything, by themselves and not by a filter: in the same order. */
  empty(limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#empty.all(limit));
  }

  /** Searches since a day that asked within no filter, and those of them that found nothing. */
  tallySince(day: string): { readonly searches: number; readonly empty: number } {
    return tally.parse(this.#tally.get(day));
  }

  /** Forgets days before `day`; returns how many rows that were. */
  prune(day: string): number {
    return this.#prune.run(day).changes;
  }

  /** Forgets everything; returns how many queries that were. What is deleted is overwritten on disk. */
  clear(): number {
    const queries = Number(this.#database.prepare('select count(distinct query) from queries').pluck().get());
    this.#clear.run();
    return queries;
  }

  /** Gives the room of what was deleted back, in the whole store; takes seconds where it is large. */
  vacuum(): void {
    this.#database.exec('vacuum');
    this.#database.pragma('wal_checkpoint(truncate)');
  }

  close(): void {
    this.#database.close();
  }
}

interface LoggedRow {
  readonly query: string;
  readonly day: string;
  readonly mode: string;
  readonly corrected: number;
  readonly filtered: number;
  readonly empty: number;
  readonly total: number;
}
