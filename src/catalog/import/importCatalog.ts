import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import { lostFields } from '../../domain/mergeProduct.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { requireWritablePath } from '../../formats/bytes/outputFile.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, ProductRow, Row, Source } from '../../formats/source.js';
import type { ImportCounts } from '../../store/imports.js';
import type { Store } from '../../store/open.js';
import { FieldCounts } from '../fieldCounts.js';
import { governStore } from '../taxonomy/governTaxonomy.js';
import { writeProduct } from '../writeProduct.js';
import { deleteMissing } from './deleteMissing.js';
import { type Checkpoint, type ImportState, loadState, type Tally, tallyText } from './importState.js';
import { limitClearing } from './limitClearing.js';
import { lockImport } from './lockImport.js';
import { mergeRow } from './mergeRow.js';

export interface ImportOptions {
  /** The file is the whole catalog: what it lacks is deleted. */
  readonly full: boolean;
  /** Whether rows are complete products: what a row lacks is removed. Default: what a row lacks stays. */
  readonly replace?: boolean;
  /** Whether blank cells may clear more of a field than `checks` allow. */
  readonly allowClear?: boolean;
  /** Whether a full import may delete more than the shrink guard allows. */
  readonly allowShrink: boolean;
  /** Default: the defaults of the configuration. */
  readonly checks?: ChecksSettings;
  /** Folder of a taxonomy that governs the store from now on. */
  readonly taxonomy: string | undefined;
  /** The file for bad rows, made only if there are any. */
  readonly quarantine: string;
  /** Saves the progress across processes, so that an interrupted import resumes. */
  readonly checkpoint?: Checkpoint;
  /** Called with each product that is new or changes, before it is on disk. */
  readonly onChanged?: (before: Product | undefined, after: Product) => void;
  readonly progress: Progress;
}

export interface ImportReport extends ImportCounts {
  /** Cells that could not be read and are blank, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const BATCH = 1000;
const NO_CHECKPOINT: Checkpoint = { read: () => undefined, save: () => {} };

/**
 * Merges the rows of a file into the store, a thousand rows a transaction, so that a crash loses at most the last batch:
 * a row changes the fields that it has, clears those that it leaves blank, and adds products that are new. With a
 * checkpoint an interrupted import resumes: rows already in the store are not written again, so the counts are those of
 * an uninterrupted import and writes made meanwhile stay. Bad rows and unreadable cells go to the quarantine file.
 * @throws AlreadyRunningError if another import is running; UserError if blank cells would clear too much: then nothing
 *   is written; UserError if the file is cut off or a full import trips the shrink guard: then the rows read so far are
 *   kept and nothing is deleted.
 */
export async function importCatalog(
  store: Store,
  source: Source,
  options: ImportOptions,
): Promise<ImportReport> {
  const started = performance.now();
  await requireWritablePath(options.quarantine, source.path);
  const unlock = lockImport(store);
  try {
    const report = await importRows(store, source, options);
    return { ...report, seconds: (performance.now() - started) / 1000 };
  } finally {
    unlock();
  }
}

async function importRows(
  store: Store,
  source: Source,
  options: ImportOptions,
): Promise<Omit<ImportReport, 'seconds'>> {
  // First, so that a folder without a taxonomy stops the import before it writes.
  if (options.taxonomy !== undefined) await governStore(store, options.taxonomy);
  const checkpoint = options.checkpoint ?? NO_CHECKPOINT;
  const start = await loadState(checkpoint, store, source.path);
  const { checks = checksSchema.parse({}) } = options;
  // An interrupted import has passed the check.
  if (options.allowClear !== true && start.rows === 0)
    await limitClearing(store, source, checks, options.progress);
  store.transaction(() => checkpoint.save(start));
  const { began, file } = start;
  const tally: Tally = { ...start.tally };
  const cleared = new FieldCounts(start.cleared);
  const named = new Set<string>();
  let rows = 0;
  let batch: ProductRow[] = [];
  const state = (deleted: number | null): ImportState => ({
    ...{ file, began, rows, tally, deleted },
    cleared: cleared.toRecord(),
  });
  let tooLarge: BadRow[] = [];
  const write = (row: ProductRow): void => {
    const { stored, product, problem } = mergeRow(store, row, options.replace === true);
    if (problem !== undefined) {
      tooLarge.push(problem);
      return;
    }
    if (stored !== undefined) cleared.add(lostFields(stored, product));
    const outcome = writeProduct(store, product);
    tally[outcome]++;
    if (outcome !== 'unchanged') options.onChanged?.(stored, product);
  };
  /** Writes the batch, and returns its rows that are beyond the limits after merging. */
  const flush = (): BadRow[] => {
    tooLarge = [];
    if (batch.length > 0) {
      store.transaction(() => {
        for (const row of batch) write(row);
        checkpoint.save(state(start.deleted));
      });
    }
    batch = [];
    options.progress('import', rows, undefined);
    return tooLarge;
  };
  let cutOff: UserError | undefined;
  async function* rowsBeforeCutOff(): AsyncGenerator<Row> {
    try {
      yield* source.rows();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      cutOff = error;
    }
  }
  async function* writeRows(): AsyncGenerator<BadRow | ProductRow> {
    options.progress('import', 0, undefined);
    for await (const row of rowsBeforeCutOff()) {
      if (row.kind === 'continuation') continue;
      rows++;
      // A bad row must not delete the product that it was meant to update.
      const id = row.kind === 'bad' ? row.id : row.product.id;
      if (options.full && id !== undefined) named.add(id);
      if (row.kind === 'product' && rows > start.rows && batch.push(row) >= BATCH) yield* flush();
      yield row;
    }
    yield* flush();
  }
  const { rows: quarantined, unreadable } = await writeQuarantine(options.quarantine, writeRows());
  if (cutOff !== undefined) {
    throw new UserError(
      `${cutOff.message} ${rows} rows before that were read: ${tallyText(tally)}, ${quarantined} in quarantine${quarantined > 0 ? ` (${options.quarantine})` : ''}; nothing was deleted. Import the whole file again.`,
      { cause: cutOff },
    );
  }
  let deleted = start.deleted ?? 0;
  if (options.full) {
    const before = deleted;
    deleteMissing(store, {
      named,
      began,
      // An import that was interrupted while deleting has passed the guard.
      maxShare: options.allowShrink || start.deleted !== null ? 1 : checks.max_shrink,
      onDeleted: (count) => {
        deleted = before + count;
        checkpoint.save(state(deleted));
      },
    });
  }
  await governStore(store, undefined);
  const counts = {
    rows,
    imported: tally.inserted,
    updated: tally.content + tally.live,
    unchanged: tally.unchanged,
    deleted,
    quarantined,
    cleared: cleared.toRecord(),
  };
  store.transaction(() => store.imports.add(counts, new Date().toISOString()));
  return { ...counts, unreadable };
}
