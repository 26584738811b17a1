import { existsSync, mkdirSync } from 'node:fs';
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
import { Sqlite } from './sqlite.js';
import { SuggestionTable } from './suggestions.js';
import { TaxonomyJournal } from './taxonomyJournal.js';
import { commit, refuseIfBusy } from './transaction.js';
import { VectorTable } from './vectors.js';

export interface Store {
  readonly path: string;
  /** Why nothing can be written; undefined where it can. */
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
  /**
   * Runs `work` in one transaction: on return all of it is on disk, on a throw none of it happened.
   * @throws BusyError where another process holds the store too long.
   */
  transaction<T>(work: () => T): T;
  /**
   * The same for who has others to answer: nothing stands still while another process is waited for, or the disk. On
   * resolving all of it is on disk; where it need not be `lasting`, because it can be made again, soon after.
   * @throws BusyError as above.
   */
  transactionAsync<T>(work: () => T, lasting?: boolean): Promise<T>;
  /** Runs `work`, which only reads, over one state of the store, whatever other processes write meanwhile. */
  snapshot<T>(work: () => T): T;
  /** Writes a copy of the store as it stands to a file that is not there yet, whatever others write meanwhile. */
  copyTo(file: string): void;
  close(): void;
}

/** The folder within a data folder that a restore works in: while it is there, the store is not whole. */
const RESTORING = '.restoring';

/** How long a write waits for other processes' writes, in milliseconds; nothing else runs in this process meanwhile. */
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Opens the store of a data folder, making and migrating it as needed. `patience` is for who has others to answer
 * meanwhile: a write that waits longer is a BusyError.
 * @throws UserError if the folder cannot be written or the file is no store of a known version.
 */
export function openStore(dataDir: string, patience = BUSY_TIMEOUT_MS): Store {
  requireWhole(dataDir);
  const file = storeFile(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = WAL');
      // In WAL mode anything less than FULL may forget acknowledged commits when the power fails.
      database.pragma('synchronous = FULL');
      migrate(database);
      database.pragma(`busy_timeout = ${patience}`);
      return storeOver(database, file, { patience });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw storeError(error, file);
  }
}

/**
 * @throws UserError where a restore is at work in the folder, or was cut off there.
 */
export function requireWhole(dataDir: string): void {
  if (!existsSync(path.join(dataDir, RESTORING))) return;
  throw new UserError(
    `A restore into ${dataDir} is at work or was cut off, so there is no whole store: let it end, or run \`shelfwright restore\` again.`,
  );
}

/** Where the store of a data folder lies. */
export function storeFile(dataDir: string): string {
  return path.join(dataDir, 'store.sqlite');
}

/** The sentence for a store that cannot be opened. */
export function storeError(error: unknown, file: string): UserError {
  if (error instanceof UserError) return error;
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  const advice = /^SQLITE_(?:CORRUPT|NOTADB)/.test(code)
    ? 'it is damaged, so move the folder away and bring back the last backup with shelfwright restore'
    : 'check the path and its permissions, and whether the disk is full or mounted read-only';
  return new UserError(`The store ${file} could not be opened (${sentenceOf(error)}): ${advice}.`, {
    cause: error,
  });
}

/** The tables over a connection to a store of the newest version; `readOnly` is why it cannot be written. */
export function storeOver(
  database: Database,
  file: string,
  { readOnly, patience = BUSY_TIMEOUT_MS }: { readonly readOnly?: string; readonly patience?: number },
): Store {
  const aside = new GroupCommit(database, file, patience);
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
    transaction: (work) => {
      requireWritable();
      return refuseIfBusy(() => commit(database, work));
    },
    transactionAsync: async (work, lasting = true) => {
      requireWritable();
      return aside.write(work, lasting);
    },
    snapshot: (work) => database.transaction(work).deferred(),
    copyTo: (copy) => {
      database.prepare('vacuum into ?').run(copy);
    },
    close: () => database.close(),
  };
}
