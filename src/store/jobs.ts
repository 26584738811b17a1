import type { Database } from 'better-sqlite3';
import { type Job, type JobKind, jobSchema } from '../domain/job.js';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly request: string;
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  readonly attempts: number;
  readonly report: string | null;
  readonly error: string | null;
}

/** How a job ended. */
export type Ending =
  | { readonly state: 'done'; readonly report: Readonly<Record<string, unknown>> }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'cancelled' };

const COLUMNS = 'id, kind, state, request, created, started, finished, attempts, report, error';

/** Long work that was asked for, in the order of asking; ended jobs are kept, the latest first to be listed. */
export class JobTable {
  private readonly one;
  private readonly newest;
  private readonly open;
  private readonly put;
  private readonly begin;
  private readonly again;
  private readonly finish;
  private readonly wish;
  private readonly wished;
  private readonly prune;
  private readonly mark;
  private readonly marked;

  constructor(database: Database) {
    this.one = database.prepare<[string], Row>(`select ${COLUMNS} from jobs where id = ?`);
    this.newest = database.prepare<[number], Row>(
      `select ${COLUMNS} from jobs order by created desc, rowid desc limit ?`,
    );
    this.open = database.prepare<[string], Row>(
      `select ${COLUMNS} from jobs where state = ? order by created, rowid`,
    );
    this.put = database.prepare<[string, string, string, string]>(
      "insert into jobs (id, kind, state, request, created) values (?, ?, 'queued', ?, ?)",
    );
    this.begin = database.prepare<[string, string]>(
      "update jobs set state = 'running', started = ?, attempts = attempts + 1 where id = ?",
    );
    this.again = database.prepare<[string]>("update jobs set state = 'queued' where id = ?");
    this.finish = database.prepare<[string, string, string | null, string | null, string]>(
      'update jobs set state = ?, finished = ?, report = ?, error = ? where id = ?',
    );
    this.wish = database.prepare<[string]>(
      "update jobs set cancelling = 1 where id = ? and state in ('queued', 'running')",
    );
    this.wished = database.prepare<[string], number>('select cancelling from jobs where id = ?').pluck();
    this.prune = database.prepare<[number]>(
      `delete from jobs where finished is not null and id not in
       (select id from jobs where finished is not null order by created desc, rowid desc limit ?)`,
    );
    this.mark = database.prepare<[string, string]>('update jobs set checkpoint = ? where id = ?');
    this.marked = database
      .prepare<[string], string | null>('select checkpoint from jobs where id = ?')
      .pluck();
  }

  add(id: string, kind: JobKind, request: Readonly<Record<string, unknown>>): Job {
    this.put.run(id, kind, JSON.stringify(request), new Date().toISOString());
    const job = this.get(id);
    if (job === undefined) throw new Error(`job ${id} was not kept`);
    return job;
  }

  get(id: string): Job | undefined {
    const row = this.one.get(id);
    return row === undefined ? undefined : read(row);
  }

  /** The newest first. */
  list(limit: number): Job[] {
    return this.newest.all(limit).map(read);
  }

  /** Those in a state that waits for something, the oldest first. */
  inState(state: 'queued' | 'running'): Job[] {
    return this.open.all(state).map(read);
  }

  start(id: string): void {
    this.begin.run(new Date().toISOString(), id);
  }

  /** Puts a job back that was running when its service ended. */
  requeue(id: string): void {
    this.again.run(id);
  }

  end(id: string, ending: Ending): void {
    const report = ending.state === 'done' ? JSON.stringify(ending.report) : null;
    const error = ending.state === 'failed' ? ending.error : null;
    this.finish.run(ending.state, new Date().toISOString(), report, error, id);
  }

  /** Asks whoever runs the job to stop it; false where it has ended or never was. */
  cancel(id: string): boolean {
    return this.wish.run(id).changes > 0;
  }

  isCancelling(id: string): boolean {
    return this.wished.get(id) === 1;
  }

  /** Where a job stands for whoever starts it again; undefined where nothing was kept. */
  checkpoint(id: string): unknown {
    const kept = this.marked.get(id) ?? null;
    return kept === null ? undefined : JSON.parse(kept);
  }

  /** Call in the transaction of the work that it stands for. */
  keepCheckpoint(id: string, value: unknown): void {
    this.mark.run(JSON.stringify(value), id);
  }

  /** Forgets ended jobs beyond the `keep` newest. */
  forget(keep: number): void {
    this.prune.run(keep);
  }
}

function read({ request, report, ...row }: Row): Job {
  return jobSchema.parse({
    ...row,
    request: JSON.parse(request),
    report: report === null ? null : JSON.parse(report),
    progress: null,
  });
}
