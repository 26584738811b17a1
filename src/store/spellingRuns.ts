import type { Database } from 'better-sqlite3';

/** One bulk change of spellings. */
export interface SpellingRun {
  readonly run: number;
  readonly at: string;
  readonly by: string;
  /** Number of changed fields of products. */
  readonly changes: number;
  /** When it was undone; null if it was not. */
  readonly undone: string | null;
}

/** One field of one product before and after, as JSON. */
export interface SpellingChange {
  readonly product_id: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Which values got another spelling in bulk, so that it can be undone. */
export class SpellingRunTable {
  private readonly insertRun;
  private readonly insertChange;
  private readonly all;
  private readonly one;
  private readonly page;
  private readonly close;

  constructor(database: Database) {
    this.insertRun = database.prepare<[string, string]>(
      'insert into spelling_runs (at, actor) values (?, ?)',
    );
    this.insertChange = database.prepare<[number, string, string, string, string]>(
      'insert into spelling_changes (run, product_id, field, before, after) values (?, ?, ?, ?, ?)',
    );
    const runs = `select id as run, at, actor as "by", undone,
      (select count(*) from spelling_changes c where c.run = r.id) as changes from spelling_runs r`;
    this.all = database.prepare<[number], SpellingRun>(`${runs} order by id desc limit ?`);
    this.one = database.prepare<[number], SpellingRun>(`${runs} where id = ?`);
    this.page = database.prepare<[number, string, string, number], SpellingChange>(
      `select product_id, field, before, after from spelling_changes
       where run = ? and (product_id, field) > (?, ?) order by product_id, field limit ?`,
    );
    this.close = database.prepare<[string, number]>('update spelling_runs set undone = ? where id = ?');
  }

  /** Starts a run and returns its number. */
  start(by: string): number {
    return Number(this.insertRun.run(new Date().toISOString(), by).lastInsertRowid);
  }

  add(run: number, { product_id, field, before, after }: SpellingChange): void {
    this.insertChange.run(run, product_id, field, before, after);
  }

  /** The newest runs first. */
  list(limit: number): SpellingRun[] {
    return this.all.all(limit);
  }

  get(run: number): SpellingRun | undefined {
    return this.one.get(run);
  }

  /** The changes of a run in the order of products and fields, after a given one. */
  changes(run: number, after: Pick<SpellingChange, 'product_id' | 'field'>, limit: number): SpellingChange[] {
    return this.page.all(run, after.product_id, after.field, limit);
  }

  markUndone(run: number): void {
    this.close.run(new Date().toISOString(), run);
  }
}
