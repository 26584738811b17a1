import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import { createPrivate } from '../store/open.js';
import { Sqlite } from '../store/sqlite.js';
import { type Fix, fixSchema } from './findFixes.js';
import { type LearnReport, learnReportSchema } from './learnReport.js';

const VERSION = 1;
const SCHEMA = `
create table complements (
  id text not null,
  place integer not null,
  other text not null,
  together integer not null,
  lift real not null,
  low real not null,
  primary key (id, place)
) without rowid;
create table fixes (place integer primary key, fix text not null);
create table retrainings (id integer primary key, report text not null);
`;
const MAX_LOG = 1000;

/** A product that is bought together with another more often than by chance. */
export interface Complement {
  readonly other: string;
  /** Orders with both. */
  readonly together: number;
  /** Observed by expected orders with both, and its lower bound. */
  readonly lift: number;
  readonly low: number;
}

export interface Learned {
  readonly complements: ReadonlyMap<string, readonly Complement[]>;
  readonly fixes: readonly Fix[];
  readonly report: LearnReport;
}

const complementRow = z.object({
  other: z.string(),
  together: z.number(),
  lift: z.number(),
  low: z.number(),
});

/** What was learned from shoppers: `learned.sqlite` in the data folder. The newest learning replaces the one before. */
export class LearnedStore {
  private readonly database: Database;

  /** @throws UserError if the file has the format of another version. */
  constructor(dataDir: string, busyTimeout = 5000) {
    const file = fileIn(dataDir);
    createPrivate(file);
    this.database = new Sqlite(file, { timeout: busyTimeout });
    this.database.pragma('journal_mode = WAL');
    const version = Number(this.database.pragma('user_version', { simple: true }));
    if (version === 0) {
      this.database
        .transaction(() => {
          if (Number(this.database.pragma('user_version', { simple: true })) !== 0) return;
          this.database.exec(SCHEMA);
          this.database.pragma(`user_version = ${VERSION}`);
        })
        .immediate();
    } else if (version !== VERSION) {
      this.database.close();
      throw new UserError(
        `${file} has version ${version} of the format, and this version of Shelfwright reads ${VERSION}: delete the file and run shelfwright learn.`,
      );
    }
  }

  /** Replaces all that was learned before, and adds to the log. */
  replace({ complements, fixes, report }: Learned): void {
    const { database } = this;
    database
      .transaction(() => {
        for (const table of ['complements', 'fixes']) database.exec(`delete from ${table}`);
        const addComplement = database.prepare('insert into complements values (?, ?, ?, ?, ?, ?)');
        for (const [id, others] of complements)
          for (const [place, { other, together, lift, low }] of others.entries())
            addComplement.run(id, place, other, together, lift, low);
        const addFix = database.prepare('insert into fixes values (?, ?)');
        for (const [place, fix] of fixes.entries()) addFix.run(place, JSON.stringify(fix));
        database.prepare('insert into retrainings (report) values (?)').run(JSON.stringify(report));
        database
          .prepare('delete from retrainings where id <= (select max(id) from retrainings) - ?')
          .run(MAX_LOG);
      })
      .immediate();
  }

  /** Strongest first. */
  complements(id: string): Complement[] {
    return z
      .array(complementRow)
      .parse(
        this.database
          .prepare('select other, together, lift, low from complements where id = ? order by place')
          .all(id),
      );
  }

  /** The costliest first. */
  fixes(): Fix[] {
    return this.jsonOf('select fix from fixes order by place', fixSchema);
  }

  /** The newest first. */
  retrainings(): LearnReport[] {
    return this.jsonOf('select report from retrainings order by id desc', learnReportSchema);
  }

  /** Deletes all, also from the free pages of the file; a service that has it open sees that at once. */
  clear(): void {
    this.database.pragma('secure_delete = ON');
    this.database
      .transaction(() => {
        for (const table of ['complements', 'fixes', 'retrainings'])
          this.database.exec(`delete from ${table}`);
      })
      .immediate();
    this.database.exec('vacuum');
    this.database.pragma('wal_checkpoint(truncate)');
  }

  close(): void {
    this.database.close();
  }

  private jsonOf<T>(sql: string, schema: z.ZodType<T>): T[] {
    const texts = z.array(z.string()).parse(this.database.prepare(sql).pluck().all());
    return texts.map((text) => schema.parse(JSON.parse(text)));
  }
}

/** Whether anything was learned in this data folder. */
export function hasLearned(dataDir: string): boolean {
  return existsSync(fileIn(dataDir));
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'learned.sqlite');
}
