import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { sentenceOf, UserError } from '../domain/errors.js';
import { AlertTable } from './alerts.js';
import { ChangeLog } from './changes.js';
import { DecisionTable } from './decisions.js';
import { FactTable } from './facts.js';
import { ImportTable } from './imports.js';
import { JobTable } from './jobs.js';
import { KeyTable } from './keys.js';
import { migrate } from './migrate.js';
import { orBusy } from './orBusy.js';
import { ProductTable } from './products.js';
import { PublishedTable } from './published.js';
import { SettingTable } from './settings.js';
import { SuggestionTable } from './suggestions.js';
import { TaxonomyJournal } from './taxonomyJournal.js';
import { VectorTable } from './vectors.js';

export interface Store {
  readonly path: string;
  readonly products: ProductTable;
  readonly changes: ChangeLog;
  readonly facts: FactTable;
  readonly suggestions: SuggestionTable;
  readonly decisions: DecisionTable;
  readonly vectors: VectorTable;
  readonly settings: SettingTable;
  readonly jobs: JobTable;
  readonly keys: KeyTable;
  readonly imports: ImportTable;
  readonly alerts: AlertTable;
  readonly taxonomyJournal: TaxonomyJournal;
  readonly published: PublishedTable;
  /**
   * Runs `work` in one transaction: on return all of it is on disk, on a throw none of it happened.
   * @throws BusyError where another process holds the store too long.
   */
  transaction<T>(work: () => T): T;
  /** Runs `work`, which only reads, over one state of the store, whatever other processes write meanwhile. */
  snapshot<T>(work: () => T): T;
  /** Writes a copy of the store as it stands to a file that is not there yet, whatever others write meanwhile. */
  copyTo(file: string): void;
  close(): void;
}

/** How long a write waits for other processes' writes, in milliseconds; nothing else runs in this process meanwhile. */
const PATIENCE = 15_000;

/**
 * Opens the store of a data folder, making and migrating it as needed. `patience` is for who has others to answer
 * meanwhile: a write that waits longer is a BusyError.
 * @throws UserError if the folder cannot be written or the file is no store of a known version.
 */
export function openStore(dataDir: string, patience = PATIENCE): Store {
  const file = path.join(dataDir, 'store.sqlite');
  try {
    mkdirSync(dataDir, { recursive: true });
    const database = new Sqlite(file, { timeout: PATIENCE });
    database.pragma('journal_mode = WAL');
    // In WAL mode anything less than FULL may forget acknowledged commits when the power fails.
    database.pragma('synchronous = FULL');
    migrate(database);
    database.pragma(`busy_timeout = ${patience}`);
    return {
      path: file,
      products: new ProductTable(database),
      changes: new ChangeLog(database),
      facts: new FactTable(database),
      suggestions: new SuggestionTable(database),
      decisions: new DecisionTable(database),
      vectors: new VectorTable(database),
      settings: new SettingTable(database),
      jobs: new JobTable(database),
      keys: new KeyTable(database),
      imports: new ImportTable(database),
      alerts: new AlertTable(database),
      taxonomyJournal: new TaxonomyJournal(database),
      published: new PublishedTable(database),
      transaction: (work) => orBusy(() => database.transaction(work).immediate()),
      snapshot: (work) => database.transaction(work).deferred(),
      copyTo: (copy) => {
        database.prepare('vacuum into ?').run(copy);
      },
      close: () => database.close(),
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The store ${file} could not be opened (${sentenceOf(error)}): check the path and its permissions.`,
      {
        cause: error,
      },
    );
  }
}
