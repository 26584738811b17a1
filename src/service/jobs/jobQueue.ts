import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type JobsSettings, jobsSchema } from '../../configuration/jobs.js';
import { BusyError, sentenceOf, UnavailableError } from '../../domain/errors.js';
import type { Job, JobKind } from '../../domain/job.js';
import { sweepLeftovers } from '../../index/generation/pruneGenerations.js';
import type { Ending } from '../../store/jobs.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { type IdempotencyKey, IdempotencyStore } from '../writes/idempotency.js';
import { removeFilesOf, sweepFiles } from './jobFiles.js';
import { type Assignment, jobMessageSchema } from './jobMessages.js';

/** Whoever runs jobs holds it, in the folder of indexes. */
export const JOBS_LOCK = '.jobs.lock';
const KEPT = 200;
/** How often it is looked for jobs and for the wish to cancel one, in milliseconds. */
const LOOK_EVERY = 250;
/** A process that was told to end and has not after this many milliseconds is ended by force. */
const BUSY_TIMEOUT_MS = 5000;

type Places = Pick<Assignment, 'dataDir' | 'indexesDir' | 'modelDir' | 'configuration'>;

interface Running {
  readonly id: string;
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  progress: Job['progress'];
  stopping: boolean;
}

/**
 * Runs the store's jobs one at a time, each in a process of its own at a low priority. Of several services over
 * one store one runs them, by a lock that goes with its process; what ran when a service ended is run again.
 */
export class JobQueue {
  readonly #timer: NodeJS.Timeout;
  readonly #once: IdempotencyStore;
  #lock: (() => void) | undefined;
  #running: Running | undefined;
  #closing = false;
  #problem: string | undefined;

  constructor(
    private readonly store: Store,
    private readonly places: Places,
    private readonly settings: JobsSettings = jobsSchema.parse({}),
  ) {
    this.#once = new IdempotencyStore(store, settings.idempotency_hours);
    mkdirSync(places.indexesDir, { recursive: true });
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY);
    this.#timer.unref();
  }

  /** Why jobs are not run, where something keeps them from it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Jobs that wait. */
  get depth(): number {
    return this.store.jobs.inState('queued').length;
  }

  /**
   * Queues a job. One that asks for the same as a waiting one is that one; one that was asked for under the same key
   * is answered as it was then.
   * @throws BusyError where too many wait, ReusedKeyError where the key came with something else.
   */
  submit(kind: JobKind, request: Readonly<Record<string, unknown>>, idempotencyKey?: IdempotencyKey): Job {
    const job = this.store.transaction(() => this.#once.run(idempotencyKey, () => this.#add(kind, request)));
    this.#look();
    return idempotencyKey === undefined ? (this.get(job.id) ?? job) : job;
  }

  /** @throws BusyError where no further job may wait: asked before what a job needs is taken in. */
  requireRoom(): void {
    const waiting = this.depth;
    if (waiting < this.settings.most_queued) return;
    throw new BusyError(`${waiting} jobs are waiting already: try again when some are done.`);
  }

  #add(kind: JobKind, request: Readonly<Record<string, unknown>>): Job {
    const asked = JSON.stringify(request);
    const same = this.store.jobs
      .inState('queued')
      .find((one) => one.kind === kind && JSON.stringify(one.request) === asked);
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

  /** Asks for a job to be stopped; undefined where there is none. One that has ended stays as it ended. */
  cancel(id: string): Job | undefined {
    this.store.transaction(() => this.store.jobs.cancel(id));
    this.#look();
    return this.get(id);
  }

  /** Starts no job any more and tells the one that runs to end; it is queued again, for the next start. */
  standDown(): void {
    this.#closing = true;
    clearInterval(this.#timer);
    if (this.#running !== undefined) this.#stop(this.#running);
  }

  /** Stands down and waits for the job that runs to have ended. */
  async close(): Promise<void> {
    this.standDown();
    await this.#running?.ended;
    this.#lock?.();
  }

  #withProgress(job: Job): Job {
    return job.id === this.#running?.id ? { ...job, progress: this.#running.progress } : job;
  }

  #look(): void {
    if (this.#closing) return;
    try {
      if (this.#running !== undefined) {
        if (this.store.jobs.isCancelling(this.#running.id)) this.#stop(this.#running);
        return;
      }
      const [next] = this.store.jobs.inState('queued');
      if (next === undefined && this.#lock !== undefined) return;
      if (!this.#isRunner()) return;
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

  /** Takes the lock where nobody has it; whoever does finds as running only what an ended service left. */
  #isRunner(): boolean {
    if (this.#lock !== undefined) return true;
    this.#lock = acquireProcessMutex(path.join(this.places.indexesDir, JOBS_LOCK));
    if (this.#lock === undefined) return false;
    try {
      this.#takeOver();
    } catch (error) {
      // Whoever has the lock next, this service perhaps, tries anew.
      this.#lock();
      this.#lock = undefined;
      throw error;
    }
    return true;
  }

  #takeOver(): void {
    this.store.transaction(() => {
      for (const job of this.store.jobs.inState('running')) this.#tryAgain(job, 'The service');
    });
    void sweepFiles(this.store, this.places.dataDir).catch((error: unknown) => {
      this.#problem = `Files of ended jobs could not be removed: ${sentenceOf(error)}`;
    });
  }

  /** Queues a job again that did not come to its end, if that has not happened too often. Call in a transaction. */
  #tryAgain(job: Job, who: string): void {
    if (job.attempts < this.settings.most_attempts) this.store.jobs.requeue(job.id);
    else {
      this.store.jobs.end(job.id, {
        state: 'failed',
        error: `${who} ended ${job.attempts} times while this job ran, so it is not tried again: look at the service's log, then ask anew.`,
      });
      removeFilesOf(job, this.places.dataDir);
    }
  }

  #run(job: Job): void {
    this.store.transaction(() => this.store.jobs.start(job.id));
    const child = fork(new URL('./jobWorker.js', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let ending: Ending | undefined;
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
      }).then(() => this.#settle(running, ending)),
    };
    this.#running = running;
    child.on('message', (message) => {
      const tidings = jobMessageSchema.parse(message);
      if (tidings.about === 'progress') {
        const { step, done, total } = tidings;
        running.progress = { step, done, total };
      } else if (tidings.about === 'report') ending = { state: 'done', report: tidings.report };
      else ending = { state: 'failed', error: tidings.error };
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
    const impatient = setTimeout(() => running.child.kill('SIGKILL'), BUSY_TIMEOUT_MS);
    impatient.unref();
    running.child.once('exit', () => clearTimeout(impatient));
  }

  async #settle(running: Running, ending: Ending | undefined): Promise<void> {
    try {
      if (ending?.state !== 'done') await sweepLeftovers(this.places.indexesDir);
      while (!this.#keep(running, ending)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    } catch (error) {
      this.#problem = `What became of job ${running.id} could not be kept: ${sentenceOf(error)}`;
    } finally {
      this.#running = undefined;
    }
  }

  /** False where the store cannot be written as yet: another process holds it, or the disk is full. */
  #keep(running: Running, ending: Ending | undefined): boolean {
    const { store } = this;
    try {
      store.transaction(() => {
        // Whatever came first counts: a job that was done before it could be stopped is done.
        if (ending?.state === 'done' || (ending !== undefined && !running.stopping)) {
          store.jobs.end(running.id, ending);
        } else if (!running.stopping) {
          // Killed, for the memory that it took perhaps: what it had done by then is kept, and gone on with.
          const job = store.jobs.get(running.id);
          if (job !== undefined) this.#tryAgain(job, 'Its process');
        } else if (this.#closing && !store.jobs.isCancelling(running.id)) store.jobs.requeue(running.id);
        else store.jobs.end(running.id, { state: 'cancelled' });
        store.jobs.forget(KEPT);
      });
      const job = store.jobs.get(running.id);
      if (job !== undefined && job.finished !== null) removeFilesOf(job, this.places.dataDir);
      this.#problem = undefined;
      return true;
    } catch (error) {
      if (!(error instanceof UnavailableError) || this.#closing) throw error;
      this.#problem = `What became of job ${running.id} waits to be kept: ${sentenceOf(error)}`;
      return false;
    }
  }
}
