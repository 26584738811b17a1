import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type JobsSettings, jobsSchema } from '../../configuration/jobs.js';
import { BusyError, sentenceOf, UnavailableError } from '../../domain/errors.js';
import type { Job, JobKind } from '../../domain/job.js';
import { sweepLeftovers } from '../../index/generation/pruneGenerations.js';
import type { JobOutcome } from '../../store/jobs.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { type IdempotencyKey, IdempotencyStore } from '../writes/idempotency.js';
import { removeFilesOf, sweepFiles } from './jobFiles.js';
import { type Assignment, jobMessageSchema } from './jobMessages.js';

/** The process that runs jobs holds this lock, in the folder of indexes. */
export const JOBS_LOCK = '.jobs.lock';
/** Ended jobs that are kept to be listed. */
const KEPT_JOBS = 200;
/** How often to look for queued and cancelled jobs, in milliseconds. */
const POLL_INTERVAL_MS = 250;
/** A process that has not ended so long after SIGTERM gets SIGKILL, in milliseconds. */
const KILL_TIMEOUT_MS = 5000;

type Places = Pick<Assignment, 'dataDir' | 'indexesDir' | 'modelDir' | 'configuration'>;

interface Running {
  readonly id: string;
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  progress: Job['progress'];
  stopping: boolean;
}

/**
 * Runs the store's jobs one at a time, each in a child process of low priority. Of several services over one store, the
 * one that holds the process mutex runs them. A job that was interrupted by the end of its service is queued again.
 */
export class JobQueue {
  readonly #timer: NodeJS.Timeout;
  readonly #idempotency: IdempotencyStore;
  #lock: (() => void) | undefined;
  #running: Running | undefined;
  #closing = false;
  #problem: string | undefined;

  constructor(
    private readonly store: Store,
    private readonly places: Places,
    private readonly settings: JobsSettings = jobsSchema.parse({}),
  ) {
    this.#idempotency = new IdempotencyStore(store, settings.idempotency_hours);
    mkdirSync(places.indexesDir, { recursive: true });
    this.#timer = setInterval(() => this.#poll(), POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Why jobs do not run; undefined where they do. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Queued jobs. */
  get depth(): number {
    return this.store.jobs.inState('queued').length;
  }

  /**
   * Queues a job. A request equal to that of a queued job gets that job; one repeated under the same idempotency key
   * gets the first answer.
   * @throws BusyError where too many jobs are queued, ReusedKeyError where the key came with another request.
   */
  submit(kind: JobKind, request: Readonly<Record<string, unknown>>, idempotencyKey?: IdempotencyKey): Job {
    const job = this.store.transaction(() =>
      this.#idempotency.run(idempotencyKey, () => this.#add(kind, request)),
    );
    this.#poll();
    return idempotencyKey === undefined ? (this.get(job.id) ?? job) : job;
  }

  /** Backpressure: callers check it before they receive what a job needs. @throws BusyError where the queue is full. */
  requireRoom(): void {
    const waiting = this.depth;
    if (waiting < this.settings.max_queued) return;
    throw new BusyError(`${waiting} jobs are waiting already: try again when some are done.`);
  }

  #add(kind: JobKind, request: Readonly<Record<string, unknown>>): Job {
    const text = JSON.stringify(request);
    const same = this.store.jobs
      .inState('queued')
      .find((one) => one.kind === kind && JSON.stringify(one.request) === text);
    if (same !== undefined) return same;
    this.requireRoom();
    return this.store.jobs.add(randomUUID(), kind, request);
  }

  get(id: string): Job | undefined {
    const job = this.store.jobs.get(id);
    return job === undefined ? undefined : this.#withProgress(job);
  }

  /** The newest first. */
  list(limit: number): Job[] {
    return this.store.jobs.list(limit).map((job) => this.#withProgress(job));
  }

  /** Asks for a job to be stopped; undefined for an unknown one. A job that has ended stays as it is. */
  cancel(id: string): Job | undefined {
    this.store.transaction(() => this.store.jobs.cancel(id));
    this.#poll();
    return this.get(id);
  }

  /** Starts no more jobs and stops the running one, which is queued again for the next start. */
  standDown(): void {
    this.#closing = true;
    clearInterval(this.#timer);
    if (this.#running !== undefined) this.#stop(this.#running);
  }

  /** Stands down and waits until the running job has ended. */
  async close(): Promise<void> {
    this.standDown();
    await this.#running?.ended;
    this.#lock?.();
  }

  #withProgress(job: Job): Job {
    return job.id === this.#running?.id ? { ...job, progress: this.#running.progress } : job;
  }

  #poll(): void {
    if (this.#closing) return;
    try {
      if (this.#running !== undefined) {
        if (this.store.jobs.isCancelling(this.#running.id)) this.#stop(this.#running);
        return;
      }
      const [next] = this.store.jobs.inState('queued');
      if (next === undefined && this.#lock !== undefined) return;
      if (!this.#acquireLock()) return;
      this.#problem = undefined;
      if (next === undefined) return;
      if (this.store.jobs.isCancelling(next.id)) {
        this.store.jobs.end(next.id, { state: 'cancelled' });
        removeFilesOf(next, this.places.dataDir);
      } else this.#run(next);
    } catch (error) {
      this.#problem = `Jobs wait: ${sentenceOf(error)}`;
    }
  }

  /** Whether this process runs jobs. With the lock taken, jobs marked as running are those that a dead service left. */
  #acquireLock(): boolean {
    if (this.#lock !== undefined) return true;
    this.#lock = acquireProcessMutex(path.join(this.places.indexesDir, JOBS_LOCK));
    if (this.#lock === undefined) return false;
    try {
      this.#recoverInterrupted();
    } catch (error) {
      // The next process to take the lock tries again.
      this.#lock();
      this.#lock = undefined;
      throw error;
    }
    return true;
  }

  #recoverInterrupted(): void {
    this.store.transaction(() => {
      for (const job of this.store.jobs.inState('running')) this.#requeueOrFail(job, 'The service');
    });
    void sweepFiles(this.store, this.places.dataDir).catch((error: unknown) => {
      this.#problem = `Files of ended jobs could not be removed: ${sentenceOf(error)}`;
    });
  }

  /** Queues an interrupted job again, or fails it after too many attempts. Call in a transaction. */
  #requeueOrFail(job: Job, who: string): void {
    if (job.attempts < this.settings.max_attempts) this.store.jobs.requeue(job.id);
    else {
      this.store.jobs.end(job.id, {
        state: 'failed',
        error: `${who} ended ${job.attempts} times while this job ran, so it is not tried again: look at the service's log, then request it again.`,
      });
      removeFilesOf(job, this.places.dataDir);
    }
  }

  #run(job: Job): void {
    this.store.transaction(() => this.store.jobs.start(job.id));
    const child = fork(new URL('./jobWorker.js', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let ending: JobOutcome | undefined;
    const running: Running = {
      id: job.id,
      child,
      progress: null,
      stopping: false,
      ended: new Promise<void>((resolve) => {
        child.once('error', (error) => {
          ending = { state: 'failed', error: `The job could not be started: ${error.message}` };
          if (child.pid === undefined) resolve();
        });
        child.once('exit', () => resolve());
      }).then(() => this.#finish(running, ending)),
    };
    this.#running = running;
    child.on('message', (message) => {
      const parsed = jobMessageSchema.parse(message);
      if (parsed.about === 'progress') {
        const { step, done, total } = parsed;
        running.progress = { step, done, total };
      } else if (parsed.about === 'report') ending = { state: 'done', report: parsed.report };
      else ending = { state: 'failed', error: parsed.error };
    });
    const { dataDir, indexesDir, modelDir, configuration } = this.places;
    child.send({
      ...{ id: job.id, kind: job.kind, request: job.request },
      ...{ dataDir, indexesDir, modelDir, configuration },
      importFolder: this.settings.import_folder,
    } satisfies Assignment);
  }

  #stop(running: Running): void {
    if (running.stopping) return;
    running.stopping = true;
    running.child.kill('SIGTERM');
    const timeout = setTimeout(() => running.child.kill('SIGKILL'), KILL_TIMEOUT_MS);
    timeout.unref();
    running.child.once('exit', () => clearTimeout(timeout));
  }

  async #finish(running: Running, ending: JobOutcome | undefined): Promise<void> {
    try {
      if (ending?.state !== 'done') await sweepLeftovers(this.places.indexesDir);
      while (!this.#saveOutcome(running, ending))
        await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    } catch (error) {
      this.#problem = `The outcome of job ${running.id} could not be saved: ${sentenceOf(error)}`;
    } finally {
      this.#running = undefined;
    }
  }

  /** False where the store cannot be written yet: another process holds it, or the disk is full. */
  #saveOutcome(running: Running, ending: JobOutcome | undefined): boolean {
    const { store } = this;
    try {
      store.transaction(() => {
        // A job that was done before it could be stopped is done.
        if (ending?.state === 'done' || (ending !== undefined && !running.stopping)) {
          store.jobs.end(running.id, ending);
        } else if (!running.stopping) {
          // Killed, perhaps for lack of memory. The next attempt resumes from its checkpoint.
          const job = store.jobs.get(running.id);
          if (job !== undefined) this.#requeueOrFail(job, 'Its process');
        } else if (this.#closing && !store.jobs.isCancelling(running.id)) store.jobs.requeue(running.id);
        else store.jobs.end(running.id, { state: 'cancelled' });
        store.jobs.forget(KEPT_JOBS);
      });
      const job = store.jobs.get(running.id);
      if (job !== undefined && job.finished !== null) removeFilesOf(job, this.places.dataDir);
      this.#problem = undefined;
      return true;
    } catch (error) {
      if (!(error instanceof UnavailableError) || this.#closing) throw error;
      this.#problem = `The outcome of job ${running.id} is not saved yet: ${sentenceOf(error)}`;
      return false;
    }
  }
}
