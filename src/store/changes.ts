import type { Database } from 'better-sqlite3';

export type ChangeKind = 'content' | 'live' | 'delete';

export interface Change {
  readonly sequence: number;
  readonly id: string;
  readonly kind: ChangeKind;
}

/** What was written, in order; an index says up to which number it holds everything. */
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

  /** Notes that what is believed of a product has changed, so that whoever follows lays it anew. */
  touch(id: string): void {
    this.put.run(id);
  }

  /** The number of the newest change; 0 where nothing was ever written. */
  last(): number {
    return this.newest.get() ?? 0;
  }

  /** The number of the newest change that was not to live fields alone. */
  lastContent(): number {
    return this.contents.get() ?? 0;
  }

  /** Ids of which more than live fields was written after that number. */
  writtenSince(sequence: number): Set<string> {
    return new Set(this.contentAfter.all(sequence));
  }

  /** How many products had more than live fields written after that number, those since deleted among them. */
  countSince(sequence: number): number {
    return this.distinct.get(sequence) ?? 0;
  }

  /** The product whose text or belief that change was about; undefined for other changes. */
  contentAt(sequence: number): string | undefined {
    return this.contentOf.get(sequence);
  }

  since(sequence: number, limit = 10_000): Change[] {
    return this.after.all(sequence, limit);
  }
}
