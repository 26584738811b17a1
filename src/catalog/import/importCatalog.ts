import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { requireWritablePath } from '../../formats/bytes/outputFile.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import type { BadRow, Row, Source } from '../../formats/source.js';
import type { ImportCounts } from '../../store/imports.js';
import type { Store } from '../../store/open.js';
import { governStore } from '../taxonomy/governTaxonomy.js';
import { writeProduct } from '../writeProduct.js';
import { deleteMissing } from './deleteMissing.js';
import { lockImport } from './lockImport.js';

export interface ImportOptions {
  /** The file is the whole catalog: what it lacks is deleted. */
  readonly full: boolean;
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
  readonly progress: Progress;
}

export interface Checkpoint {
  /** What was saved last; undefined where nothing was. */
  read(): unknown;
  /** Called in the transaction of the rows that it counts. */
  save(state: unknown): void;
}

export interface ImportReport extends ImportCounts {
  readonly seconds: number;
}

const stateSchema = z.object({
  /** Size and time of the file; another file is read from its start. */
  file: z.string(),
  /** The newest change when the import started. */
  began: z.number(),
  /** Rows of the file that are in the store, counting bad ones. */
  rows: z.number(),
  /** Rows written, by outcome. */
  tally: z.object({
    inserted: z.number(),
    content: z.number(),
    live: z.number(),
    unchanged: z.number(),
  }),
  /** Products deleted by a full import; null until it has read the whole file. */
  deleted: z.number().nullable(),
});
type ImportState = z.infer<typeof stateSchema>;
type Tally = ImportState['tally'];

const BATCH = 1000;
const NO_CHECKPOINT: Checkpoint = { read: () => undefined, save: () => {} };

/**
 * Upserts a file into the store, a thousand rows a transaction, so that a crash loses at most the last batch. With a
 * checkpoint an interrupted import resumes: rows already in the store are not written again, so the counts are those of
 * an uninterrupted import and writes made meanwhile stay. Bad rows go to the quarantine file.
 * @throws AlreadyRunningError if another import is running; UserError if the file is cut off or a full import trips the
 *   shrink guard: then the rows read so far are kept and nothing is deleted.
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

async function importRows(store: Store, source: Source, options: ImportOptions): Promise<ImportCounts> {
  // First, so that a folder without a taxonomy stops the import before it writes.
  if (options.taxonomy !== undefined) await governStore(store, options.taxonomy);
  const checkpoint = options.checkpoint ?? NO_CHECKPOINT;
  const start = await loadState(checkpoint, store, source.path);
  store.transaction(() => checkpoint.save(start));
  const { began, file } = start;
  const tally: Tally = { ...start.tally };
  const named = new Set<string>();
  let rows = 0;
  let batch: Product[] = [];
  const state = (deleted: number | null): ImportState => ({ file, began, rows, tally, deleted });
  const flush = (): void => {
    if (batch.length > 0) {
      store.transaction(() => {
        for (const product of batch) tally[writeProduct(store, product)]++;
        checkpoint.save(state(start.deleted));
      });
    }
    batch = [];
    options.progress('import', rows, undefined);
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
  async function* badRows(): AsyncGenerator<BadRow> {
    options.progress('import', 0, undefined);
    for await (const row of rowsBeforeCutOff()) {
      if (row.kind === 'continuation') continue;
      rows++;
      // A bad row must not delete the product that it was meant to update.
      const id = row.kind === 'bad' ? row.id : row.product.id;
      if (options.full && id !== undefined) named.add(id);
      if (row.kind === 'bad') yield row;
      else if (rows > start.rows && batch.push(row.product) >= BATCH) flush();
    }
    flush();
  }
  const quarantined = await writeQuarantine(options.quarantine, badRows());
  if (cutOff !== undefined) {
    throw new UserError(
      `${cutOff.message} ${rows} rows before that were read: ${tallyText(tally)}, ${quarantined} in quarantine${quarantined > 0 ? ` (${options.quarantine})` : ''}; nothing was deleted. Import the whole file again.`,
      { cause: cutOff },
    );
  }
  let deleted = start.deleted ?? 0;
  if (options.full) {
    const before = deleted;
    const { checks = checksSchema.parse({}) } = options;
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
  };
  store.transaction(() => store.imports.add(counts, new Date().toISOString()));
  return counts;
}

async function loadState(checkpoint: Checkpoint, store: Store, file: string): Promise<ImportState> {
  const { size, mtimeMs } = await stat(file);
  const fileKey = `${size} bytes of ${mtimeMs}`;
  const kept = stateSchema.safeParse(checkpoint.read());
  if (kept.success && kept.data.file === fileKey) return kept.data;
  const tally = { inserted: 0, content: 0, live: 0, unchanged: 0 };
  return { file: fileKey, began: store.changes.last(), rows: 0, tally, deleted: null };
}

function tallyText({ inserted, content, live, unchanged }: Tally): string {
  return `${inserted} imported, ${content + live} updated, ${unchanged} unchanged`;
}
