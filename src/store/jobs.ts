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
export type JobOutcome =
  | { readonly state: 'done'; readonly report: Readonly<Record<string, unknown>> }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'cancelled' };

const COLUMNS = 'id, kind, state, request, created, started, finished, attempts, report, error';

/** The job queue in order of submission. Ended jobs are kept for listing. */
export class JobTable {
  private readonly one;
  private readonly newest;
  private readonly byState;
  private readonly put;
  private readonly markStarted;
  private readonly putBack;
  private readonly markEnded;
  private readonly requestCancel;
  private readonly cancelRequested;
  private readonly ended;
  private readonly prune;
  private readonly setCheckpoint;
  private readonly getCheckpoint;

  constructor(database: Database) {
    this.one = database.prepare<[string], Row>(`select ${COLUMNS} from jobs where id = ?`);
    this.newest = database.prepare<[number], Row>(
      `select ${COLUMNS} from jobs order by created desc, rowid desc limit ?`,
    );
    this.byState = database.prepare<[string], Row>(
      `select ${COLUMNS} from jobs where state = ? order by created, rowid`,
    );
    this.put = database.prepare<[string, string, string, string]>(
      "insert into jobs (id, kind, state, request, created) values (?, ?, 'queued', ?, ?)",
    );
    this.markStarted = database.prepare<[string, string]>(
      "update jobs set state = 'running', started = ?, attempts = attempts + 1 where id = ?",
    );
    this.putBack = database.prepare<[string]>("update jobs set state = 'queued' where id = ?");
    this.markEnded = database.prepare<[string, string, string | null, string | null, string]>(
      'update jobs set state = ?, finished = ?, report = ?, error = ? where id = ?',
    );
    this.requestCancel = database.prepare<[string]>(
      "update jobs set cancelling = 1 where id = ? and state in ('queued', 'running')",
    );
    this.cancelRequested = database
      .prepare<[string], number>('select cancelling from jobs where id = ?')
      .pluck();
    this.ended = database
      .prepare<[], string>('select id from jobs where finished is not null order by finished, rowid')
      .pluck();
    this.prune = database.prepare<[number]>(
      `delete from jobs where finished is not null and id not in
       (select id from jobs where finished is not null order by created desc, rowid desc limit ?)`,
    );
    this.setCheckpoint = database.prepare<[string, string]>('update jobs set checkpoint = ? where id = ?');
    this.getCheckpoint = database
      .prepare<[string], string | null>('select checkpoint from jobs where id = ?')
      .pluck();
  }

  add(id: string, kind: JobKind, request: Readonly<Record<string, unknown>>): Job {
    this.put.run(id, kind, JSON.stringify(request), new Date().toISOString());
    const job = this.get(id);
    if (job === undefined) throw new Error(`job ${id} was not stored`);
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

  /** Jobs in a state, oldest first. */
  inState(state: 'queued' | 'running'): Job[] {
    return this.byState.all(state).map(read);
  }

  /** Ids of the ended jobs that are kept, the first to end first. */
  endedIds(): string[] {
    return this.ended.all();
  }

  start(id: string): void {
    this.markStarted.run(new Date().toISOString(), id);
  }

  /** Queues a running job again after its service or process ended. */
  requeue(id: string): void {
    this.putBack.run(id);
  }

  end(id: string, ending: JobOutcome): void {
    const report = ending.state === 'done' ? JSON.stringify(ending.report) : null;
    const error = ending.state === 'failed' ? ending.error : null;
    this.markEnded.run(ending.state, new Date().toISOString(), report, error, id);
  }

  /** Requests cancellation; false if the job has ended or does not exist. */
  cancel(id: string): boolean {
    return this.requestCancel.run(id).changes > 0;
  }

  isCancelling(id: string): boolean {
    return this.cancelRequested.get(id) === 1;
  }

  /** The checkpoint that a restarted job resumes from; undefined if there is none. */
  checkpoint(id: string): unknown {
    const kept = this.getCheckpoint.get(id) ?? null;
    return kept === null ? undefined : JSON.parse(kept);
  }

  /** Call in the transaction of the work that it describes. */
  saveCheckpoint(id: string, value: unknown): void {
    this.setCheckpoint.run(JSON.stringify(value), id);
  }

  /** Deletes ended jobs beyond the `keep` newest. */
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
