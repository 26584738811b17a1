import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { sentenceOf, UnavailableError, UserError } from '../domain/errors.js';
import { AlertTable } from './alerts.js';
import { ApiKeyTable } from './apiKeys.js';
import { ChangeLog } from './changes.js';
import { DecisionTable } from './decisions.js';
import { FactTable } from './facts.js';
import { GroupCommit } from './groupCommit.js';
import { IdempotencyKeyTable } from './idempotencyKeys.js';
import { ImportTable } from './imports.js';
import { JobTable } from './jobs.js';
import { migrate } from './migrate.js';
import { ProductTable } from './products.js';
import { PublishedTable } from './published.js';
import { SettingTable } from './settings.js';
import { SpellingRunTable } from './spellingRuns.js';
import { Sqlite } from './sqlite.js';
import { SuggestionTable } from './suggestions.js';
import { TaxonomyJournal } from './taxonomyJournal.js';
import { commit, refuseIfBusy } from './transaction.js';
import { VectorTable } from './vectors.js';

export interface Store {
  readonly path: string;
  /** Why the store cannot be written; undefined if it can. */
  readonly readOnly: string | undefined;
  readonly products: ProductTable;
  readonly changes: ChangeLog;
  readonly facts: FactTable;
  readonly suggestions: SuggestionTable;
  readonly decisions: DecisionTable;
  readonly vectors: VectorTable;
  readonly settings: SettingTable;
  readonly jobs: JobTable;
  readonly keys: ApiKeyTable;
  readonly idempotencyKeys: IdempotencyKeyTable;
  readonly imports: ImportTable;
  readonly alerts: AlertTable;
  readonly taxonomyJournal: TaxonomyJournal;
  readonly published: PublishedTable;
  readonly spellingRuns: SpellingRunTable;
  /**
   * Runs `work` in one transaction. On return all of it is on disk; if `work` throws, nothing changed. Blocks while
   * another process writes.
   * @throws BusyError if another process holds the write lock too long.
   */
  transaction<T>(work: () => T): T;
  /**
   * The same without blocking the event loop on the lock or on the disk. When it resolves, all of it is on disk; with
   * `durable` false, for
   * data that can be made again, it may reach the disk a little later.
   * @throws BusyError as above.
   */
  transactionAsync<T>(work: () => T, durable?: boolean): Promise<T>;
  /** Runs `work`, which only reads, on one snapshot of the store. */
  snapshot<T>(work: () => T): T;
  /** Writes a consistent copy of the store to a new file, while other processes may write. */
  copyTo(file: string): void;
  close(): void;
}

/** A restore works in this folder of the data folder. While it exists, the store is incomplete. */
const RESTORING = '.restoring';

/** How long a blocking write waits for other processes' writes, in milliseconds. */
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Opens the store of a data folder; creates and migrates it as needed. A blocking write that waits longer than
 * `busyTimeout` milliseconds
 * for another process throws a BusyError.
 * @throws UserError if the folder cannot be written or the file is not a store of a known version.
 */
export function openStore(dataDir: string, busyTimeout = BUSY_TIMEOUT_MS): Store {
  requireNoRestore(dataDir);
  const file = storeFile(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    createPrivate(file);
    const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = WAL');
      // In WAL mode, any setting below FULL can lose acknowledged commits in a power failure.
      database.pragma('synchronous = FULL');
      migrate(database);
      database.pragma(`busy_timeout = ${busyTimeout}`);
      return storeOver(database, file, { busyTimeout });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw storeError(error, file);
  }
}

/** SQLite creates files that others may read; its journals take the mode of the database. */
export function createPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/** @throws UserError if a restore is running in the folder, or was interrupted there. */
export function requireNoRestore(dataDir: string): void {
  if (!existsSync(path.join(dataDir, RESTORING))) return;
  throw new UserError(
    `A restore into ${dataDir} is running or was interrupted, so the store is incomplete: wait for it, or run \`shelfwright restore\` again.`,
  );
}

/** The file of the store in a data folder. */
export function storeFile(dataDir: string): string {
  return path.join(dataDir, 'store.sqlite');
}

/** The error for a store that cannot be opened. */
export function storeError(error: unknown, file: string): UserError {
  if (error instanceof UserError) return error;
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  const advice = /^SQLITE_(?:CORRUPT|NOTADB)/.test(code)
    ? 'it is damaged, so move the folder away and restore the last backup with shelfwright restore'
    : 'check the path and its permissions, and whether the disk is full or mounted read-only';
  return new UserError(`The store ${file} could not be opened (${sentenceOf(error)}): ${advice}.`, {
    cause: error,
  });
}

/** The tables of an up-to-date store over a connection. `readOnly` is the reason why it cannot be written. */
export function storeOver(
  database: Database,
  file: string,
  { readOnly, busyTimeout = BUSY_TIMEOUT_MS }: { readonly readOnly?: string; readonly busyTimeout?: number },
): Store {
  const groupCommit = new GroupCommit(database, file, busyTimeout);
  const requireWritable = (): void => {
    if (readOnly !== undefined) throw new UnavailableError(`This was not written: ${readOnly}`);
  };
  return {
    path: file,
    readOnly,
    products: new ProductTable(database),
    changes: new ChangeLog(database),
    facts: new FactTable(database),
    suggestions: new SuggestionTable(database),
    decisions: new DecisionTable(database),
    vectors: new VectorTable(database),
    settings: new SettingTable(database),
    jobs: new JobTable(database),
    keys: new ApiKeyTable(database),
    idempotencyKeys: new IdempotencyKeyTable(database),
    imports: new ImportTable(database),
    alerts: new AlertTable(database),
    taxonomyJournal: new TaxonomyJournal(database),
    published: new PublishedTable(database),
    spellingRuns: new SpellingRunTable(database),
    transaction: (work) => {
      requireWritable();
      return refuseIfBusy(() => commit(database, work));
    },
    transactionAsync: async (work, durable = true) => {
      requireWritable();
      return groupCommit.run(work, durable);
    },
    snapshot: (work) => database.transaction(work).deferred(),
    copyTo: (copy) => {
      database.prepare('vacuum into ?').run(copy);
    },
    close: () => database.close(),
  };
}
