import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Sqlite } from './sqlite.js';

/** A logged search, without anything that identifies who searched. */
export interface LoggedSearch {
  /** Folded. */
  readonly query: string;
  /** `2026-11-21`, in UTC. */
  readonly day: string;
  readonly mode: 'hybrid' | 'lexical';
  /** Whether the spelling of a word was corrected. */
  readonly corrected: boolean;
  /** Whether it had a filter. Then an empty result says little about its words. */
  readonly filtered: boolean;
  /** Number of products found. */
  readonly total: number;
}

/** One query over all logged days. */
export interface LoggedQuery {
  readonly query: string;
  readonly searches: number;
  /** Products found by the last search of the latest day. */
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

/** SQLite takes the bare columns of a group from the row with its `max`. */
const SUMMED = 'select query, sum(searches) as searches, total, max(day) as last_day from queries';

/**
 * Counts of searches, through a separate connection: a power failure may lose the last second, and a write does not
 * wait long for other
 * processes.
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
   * `file` is an open store. A write waits up to `timeout` milliseconds for another writer, then throws. With
   * `readonly` nothing is written.
   */
  constructor(file: string, timeout: number, { readonly = false }: { readonly readonly?: boolean } = {}) {
    this.#database = new Sqlite(file, { timeout, fileMustExist: true, readonly });
    this.#database.pragma('synchronous = NORMAL');
    // Deleted queries must not stay readable in free pages.
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

  /** Counts searches, all or none. */
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

  /** All queries, most searched first, then by query. */
  asked(limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#asked.all(limit));
  }

  /** Queries searched at least `min` times that found something at least once, in the same order. */
  popular(min: number, limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#popular.all(min, limit));
  }

  /** Queries that found nothing, apart from searches with a filter; in the same order. */
  empty(limit: number): LoggedQuery[] {
    return z.array(loggedQuery).parse(this.#empty.all(limit));
  }

  /** The number of searches without a filter since a day, and how many of them found nothing. */
  tallySince(day: string): { readonly searches: number; readonly empty: number } {
    return tally.parse(this.#tally.get(day));
  }

  /** Deletes days before `day` and returns the number of rows deleted. */
  prune(day: string): number {
    return this.#prune.run(day).changes;
  }

  /** Deletes everything and returns the number of queries deleted. The deleted data is overwritten on disk. */
  clear(): number {
    const queries = Number(this.#database.prepare('select count(distinct query) from queries').pluck().get());
    this.#clear.run();
    return queries;
  }

  /** Shrinks the store file by its free pages. Takes seconds for a large store. */
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
