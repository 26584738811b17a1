import { open } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { BusyError } from '../domain/errors.js';
import { commit, refuseIfBusy } from './transaction.js';

/** A write waits this long for other processes' writes, in milliseconds; other work goes on meanwhile. */
const BUSY_TIMEOUT_MS = 5000;
/** Between attempts, in milliseconds: twice as long each time. */
const FIRST_REST = 1;
const LONGEST_REST = 16;

/**
 * Transactions of a process that has others to answer: waiting for another process's write and waiting for the disk
 * both happen aside. Transactions run one at a time, in the order that they were asked for; one flush serves all that
 * were committed before it began (group commit). What is committed and not flushed yet is seen by readers at once,
 * survives the process, and is lost only with the power.
 */
export class GroupCommit {
  #last: Promise<unknown> = Promise.resolve();
  #flushing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  readonly #wal: string;

  constructor(
    private readonly database: Database,
    file: string,
    /** Of writes that stand still, see `openStore`. */
    private readonly patience: number,
    private readonly longestWait = BUSY_TIMEOUT_MS,
  ) {
    this.#wal = `${file}-wal`;
  }

  /**
   * Resolves when the transaction is committed and, unless it need not be `lasting`, on disk.
   * @throws BusyError where another process holds the store too long.
   */
  async write<T>(work: () => T, lasting: boolean): Promise<T> {
    const mine = this.#last.then(() => this.#commit(work));
    this.#last = mine.catch(() => undefined);
    const value = await mine;
    if (lasting) await this.#flush();
    return value;
  }

  async #commit<T>(work: () => T): Promise<T> {
    const until = performance.now() + this.longestWait;
    for (let pause = FIRST_REST; ; pause = Math.min(LONGEST_REST, 2 * pause)) {
      try {
        return this.#attempt(work);
      } catch (error) {
        if (!(error instanceof BusyError) || performance.now() > until) throw error;
      }
      await rest(pause);
    }
  }

  #attempt<T>(work: () => T): T {
    const { database } = this;
    database.pragma('busy_timeout = 0');
    // The flush that FULL would do here is done aside.
    database.pragma('synchronous = NORMAL');
    try {
      return refuseIfBusy(() => commit(database, work));
    } finally {
      database.pragma('synchronous = FULL');
      database.pragma(`busy_timeout = ${this.patience}`);
    }
  }

  /** A flush that began before the commit may lack it, so whoever comes during one waits for the next. */
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
      // SQLite takes the log away when all of it stands in the flushed database.
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
