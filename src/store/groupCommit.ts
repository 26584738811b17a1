import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { BusyError } from '../domain/errors.js';
import { commit, refuseIfBusy } from './transaction.js';

/** How long a write waits for other processes' writes, in milliseconds. Other work continues meanwhile. */
const BUSY_TIMEOUT_MS = 5000;
/** The pause between attempts doubles from the first to the longest, in milliseconds. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 16;

/**
 * Group commit for a process that must stay responsive: transactions neither block on another process's write nor on
 * the disk flush.
 * They run one at a time, in order; one flush covers all that were committed before it began. A committed transaction
 * is visible at
 * once and survives the process; until it is flushed, a power failure can lose it.
 */
export class GroupCommit {
  #last: Promise<unknown> = Promise.resolve();
  #flushing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  readonly #wal: string;

  constructor(
    private readonly database: Database,
    file: string,
    /** The busy timeout of synchronous writes, restored after each attempt, see `openStore`. */
    private readonly busyTimeout: number,
    private readonly maxWait = BUSY_TIMEOUT_MS,
  ) {
    this.#wal = `${file}-wal`;
  }

  /**
   * Resolves when the transaction is committed and, if `durable`, flushed to disk.
   * @throws BusyError if another process holds the write lock too long.
   */
  async run<T>(work: () => T, durable: boolean): Promise<T> {
    const committed = this.#last.then(() => this.#commit(work));
    this.#last = committed.catch(() => undefined);
    const value = await committed;
    if (durable) await this.#flush();
    return value;
  }

  async #commit<T>(work: () => T): Promise<T> {
    const until = performance.now() + this.maxWait;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, 2 * pause)) {
      try {
        return this.#attempt(work);
      } catch (error) {
        if (!(error instanceof BusyError) || performance.now() > until) throw error;
      }
      await sleep(pause);
    }
  }

  #attempt<T>(work: () => T): T {
    const { database } = this;
    database.pragma('busy_timeout = 0');
    // `#flush` does the flush that FULL would do here.
    database.pragma('synchronous = NORMAL');
    try {
      return refuseIfBusy(() => commit(database, work));
    } finally {
      database.pragma('synchronous = FULL');
      database.pragma(`busy_timeout = ${this.busyTimeout}`);
    }
  }

  /** A flush that began before the commit may miss it, so a write during a flush waits for the next one. */
  #flush(): Promise<void> {
    this.#next ??= this.#flushing.then(() => {
      const flushed = this.#sync();
      this.#next = undefined;
      this.#flushing = flushed.catch(() => undefined);
      return flushed;
    });
    return this.#next;
  }

  async #sync(): Promise<void> {
    const handle = await open(this.#wal, 'r').catch((error: NodeJS.ErrnoException) => {
      // SQLite deletes the log when the database file contains all of it.
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    try {
      await handle?.datasync();
    } finally {
      await handle?.close();
    }
  }
}
