import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** The counts of an import. */
export interface ImportCounts {
  readonly rows: number;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
  /** Values removed, by field. */
  readonly cleared: Readonly<Record<string, number>>;
}

export interface LoggedImport extends ImportCounts {
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string;
}

const KEPT = 100;

const countsSchema = z.object({
  rows: z.number(),
  imported: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  deleted: z.number(),
  quarantined: z.number(),
  // Older rows lack it.
  cleared: z.record(z.string(), z.number()).default({}),
});

/** The latest imports and the totals of all of them. Holds no rows and no file names. */
export class ImportTable {
  private readonly put;
  private readonly newest;
  private readonly sums;
  private readonly prune;

  constructor(database: Database) {
    this.put = database.prepare<[string, number, number, string, number, number]>(
      'insert into imports (at, rows, quarantined, report, total_rows, total_quarantined) values (?, ?, ?, ?, ?, ?)',
    );
    this.newest = database.prepare<[number], { at: string; report: string }>(
      'select at, report from imports order by id desc limit ?',
    );
    this.sums = database.prepare<[], { rows: number; quarantined: number }>(
      'select total_rows as rows, total_quarantined as quarantined from imports order by id desc limit 1',
    );
    this.prune = database.prepare<[number]>('delete from imports where id <= ?');
  }

  /** Call in a transaction. */
  add(counts: ImportCounts, at: string): void {
    const { rows, quarantined } = this.totals();
    const { lastInsertRowid } = this.put.run(
      at,
      counts.rows,
      counts.quarantined,
      JSON.stringify(countsSchema.parse(counts)),
      rows + counts.rows,
      quarantined + counts.quarantined,
    );
    this.prune.run(Number(lastInsertRowid) - KEPT);
  }

  /** Newest first; the table keeps the last hundred. */
  list(limit: number): LoggedImport[] {
    return this.newest
      .all(limit)
      .map(({ at, report }) => ({ at, ...countsSchema.parse(JSON.parse(report)) }));
  }

  /** The rows of all imports since the store was created, and those that went to quarantine. */
  totals(): { readonly rows: number; readonly quarantined: number } {
    return this.sums.get() ?? { rows: 0, quarantined: 0 };
  }
}
