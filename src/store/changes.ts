import type { Database } from 'better-sqlite3';

export type ChangeKind = 'content' | 'live' | 'delete';

export interface Change {
  readonly sequence: number;
  readonly id: string;
  readonly kind: ChangeKind;
}

/** The log of changes, in order. An index records the sequence number up to which it contains every change. */
export class ChangeLog {
  private readonly newest;
  private readonly after;
  private readonly contents;
  private readonly contentAfter;
  private readonly distinct;
  private readonly contentOf;
  private readonly put;

  constructor(database: Database) {
    this.newest = database.prepare<[], number>('select coalesce(max(sequence), 0) from changes').pluck();
    this.after = database.prepare<[number, number], Change>(
      'select sequence, id, kind from changes where sequence > ? order by sequence limit ?',
    );
    this.contents = database
      .prepare<[], number>("select coalesce(max(sequence), 0) from changes where kind != 'live'")
      .pluck();
    this.contentAfter = database
      .prepare<[number], string>("select id from changes where sequence > ? and kind != 'live'")
      .pluck();
    this.distinct = database
      .prepare<[number], number>(
        "select count(distinct id) from changes where sequence > ? and kind != 'live'",
      )
      .pluck();
    this.contentOf = database
      .prepare<[number], string>("select id from changes where sequence = ? and kind = 'content'")
      .pluck();
    this.put = database.prepare<[string]>("insert into changes (id, kind) values (?, 'content')");
  }

  /** Records that the facts of a product changed, so that the live index replaces the product. */
  touch(id: string): void {
    this.put.run(id);
  }

  /** The sequence number of the newest change; 0 if there is none. */
  last(): number {
    return this.newest.get() ?? 0;
  }

  /** The sequence number of the newest change to more than live fields. */
  lastContent(): number {
    return this.contents.get() ?? 0;
  }

  /** Ids of products changed after that number in more than live fields. */
  writtenSince(sequence: number): Set<string> {
    return new Set(this.contentAfter.all(sequence));
  }

  /** The number of products changed after that number in more than live fields, deleted ones included. */
  countSince(sequence: number): number {
    return this.distinct.get(sequence) ?? 0;
  }

  /** The product whose content or facts changed at that number; undefined for other changes. */
  contentAt(sequence: number): string | undefined {
    return this.contentOf.get(sequence);
  }

  since(sequence: number, limit = 10_000): Change[] {
    return this.after.all(sequence, limit);
  }
}
