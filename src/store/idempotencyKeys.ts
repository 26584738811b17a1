import type { Database } from 'better-sqlite3';

/** The answer to one part of a request with an idempotency key. */
export interface StoredAnswer {
  /** A hash of the request. */
  readonly request: string;
  readonly last: boolean;
  /** JSON. */
  readonly answer: string;
}

interface Row {
  readonly request: string;
  readonly last: number;
  readonly answer: string;
}

/**
 * Answers to repeat when a write is retried, by owner, key and part of the request. The table is called
 * `kept_answers`.
 */
export class IdempotencyKeyTable {
  private readonly one;
  private readonly put;
  private readonly end;
  private readonly old;

  constructor(database: Database) {
    this.one = database.prepare<[string, string, number], Row>(
      'select request, last, answer from kept_answers where owner = ? and key = ? and part = ?',
    );
    this.put = database.prepare<[string, string, number, number, string, string, string]>(
      'insert into kept_answers (owner, key, part, last, request, answer, created) values (?, ?, ?, ?, ?, ?, ?)',
    );
    this.end = database
      .prepare<[string, string], number>('select max(part) from kept_answers where owner = ? and key = ?')
      .pluck();
    this.old = database.prepare<[string]>(
      `delete from kept_answers where (owner, key) in
       (select owner, key from kept_answers where part = 0 and created < ?)`,
    );
  }

  get(owner: string, key: string, part: number): StoredAnswer | undefined {
    const row = this.one.get(owner, key, part);
    return row === undefined ? undefined : { ...row, last: row.last === 1 };
  }

  /** The highest stored part; undefined if there is none. */
  highest(owner: string, key: string): number | undefined {
    return this.end.get(owner, key) ?? undefined;
  }

  /** `created` in ISO 8601. */
  add(
    owner: string,
    key: string,
    part: number,
    { request, last, answer }: StoredAnswer,
    created: string,
  ): void {
    this.put.run(owner, key, part, last ? 1 : 0, request, answer, created);
  }

  /** Deletes the answers to requests that began before a time, in ISO 8601. */
  forget(before: string): void {
    this.old.run(before);
  }
}
