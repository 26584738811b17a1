import type { Database } from 'better-sqlite3';

/** The kinds of published texts. */
export type PublishedKind = 'rules' | 'ranking';

export interface PublishedEntry {
  /** Counted from 1, without gaps. */
  readonly version: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  /** '' if there is none. */
  readonly note: string;
}

export interface PublishedText extends PublishedEntry {
  readonly text: string;
}

const ENTRY = 'version, published_at as at, by, note';

/** Published texts in all their versions. Triggers of the database make the table append-only. */
export class PublishedTable {
  private readonly newest;
  private readonly put;
  private readonly one;
  private readonly all;

  constructor(database: Database) {
    this.newest = database
      .prepare<[PublishedKind], number>('select coalesce(max(version), 0) from published where kind = ?')
      .pluck();
    this.put = database.prepare<unknown[]>(
      'insert into published (kind, version, published_at, by, note, text) values (?, ?, ?, ?, ?, ?)',
    );
    this.one = database.prepare<[PublishedKind, number], PublishedText>(
      `select ${ENTRY}, text from published where kind = ? and version = ?`,
    );
    this.all = database.prepare<[PublishedKind], PublishedEntry>(
      `select ${ENTRY} from published where kind = ? order by version desc`,
    );
  }

  /** The newest version; 0 if nothing is published. Takes microseconds, so every search may ask. */
  version(kind: PublishedKind): number {
    return this.newest.get(kind) ?? 0;
  }

  /** Adds the next version and returns its number. Call in a transaction. */
  add(kind: PublishedKind, entry: Omit<PublishedText, 'version'>): number {
    const version = this.version(kind) + 1;
    this.put.run(kind, version, entry.at, entry.by, entry.note, entry.text);
    return version;
  }

  get(kind: PublishedKind, version: number): PublishedText | undefined {
    return this.one.get(kind, version);
  }

  /** Newest first, without their texts. */
  list(kind: PublishedKind): PublishedEntry[] {
    return this.all.all(kind);
  }
}
