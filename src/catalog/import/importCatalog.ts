import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { requirePlace } from '../../formats/bytes/outFile.js';
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
  /** Let a full import delete more than the shrink guard allows. */
  readonly allowShrink: boolean;
  /** The defaults unless said. */
  readonly checks?: ChecksSettings;
  /** Folder of the taxonomy that shall govern the store from now on. */
  readonly taxonomy: string | undefined;
  /** Where bad rows go; the file is only made if there are any. */
  readonly quarantine: string;
  /** Where the import stands, kept across processes, so that one that is broken off goes on there. */
  readonly checkpoint?: Checkpoint;
  readonly progress: Progress;
}

export interface Checkpoint {
  /** What was kept last; undefined where nothing was. */
  read(): unknown;
  /** Called in the transaction of what it stands for. */
  save(standing: unknown): void;
}

export interface ImportReport extends ImportCounts {
  readonly seconds: number;
}

const standingSchema = z.object({
  /** Size and time of the file: of another one nothing was read yet. */
  file: z.string(),
  /** The newest change when the import began. */
  began: z.number(),
  /** Rows of the file that are in the store, bad ones counted. */
  rows: z.number(),
  /** Those written by what became of them. */
  tally: z.object({
    inserted: z.number(),
    content: z.number(),
    live: z.number(),
    unchanged: z.number(),
  }),
  /** Products deleted since the file was read to its end; null before. */
  deleted: z.number().nullable(),
});
type Standing = z.infer<typeof standingSchema>;
type Tally = Standing['tally'];

const BATCH = 1000;
const NOWHERE: Checkpoint = { read: () => undefined, save: () => {} };

/**
 * Upserts a file into the store, a transaction a thousand rows, so that what was read before a crash is kept
 * and running it again goes on. With a checkpoint the rows that are in the store already are not written again, so
 * that the counts are those of an import that was never broken off, and what others wrote meanwhile stays. Bad rows go
 * to the quarantine file.
 * @throws AlreadyRunningError if another import is under way; UserError if the file breaks off, or a full import trips the
 *   shrink guard; what was read by then is kept, nothing is deleted.
 */
export async function importCatalog(
  store: Store,
  source: Source,
  options: ImportOptions,
): Promise<ImportReport> {
  const started = performance.now();
  await requirePlace(options.quarantine, source.path);
  const unlock = lockImport(store);
  try {
    const report = await bringIn(store, source, options);
    return { ...report, seconds: (performance.now() - started) / 1000 };
  } finally {
    unlock();
  }
}

async function bringIn(store: Store, source: Source, options: ImportOptions): Promise<ImportCounts> {
  // First of all, so that a folder that holds no taxonomy stops the import before it writes.
  if (options.taxonomy !== undefined) await governStore(store, options.taxonomy);
  const checkpoint = options.checkpoint ?? NOWHERE;
  const start = await standingAt(checkpoint, store, source.path);
  store.transaction(() => checkpoint.save(start));
  const { began, file } = start;
  const tally: Tally = { ...start.tally };
  const named = new Set<string>();
  let rows = 0;
  let batch: Product[] = [];
  const standing = (deleted: number | null): Standing => ({ file, began, rows, tally, deleted });
  const flush = (): void => {
    if (batch.length > 0) {
      store.transaction(() => {
        for (const product of batch) tally[writeProduct(store, product)]++;
        checkpoint.save(standing(start.deleted));
      });
    }
    batch = [];
    options.progress('import', rows, undefined);
  };
  let broken: UserError | undefined;
  async function* rowsBeforeBreak(): AsyncGenerator<Row> {
    try {
      yield* source.rows();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      broken = error;
    }
  }
  async function* badRows(): AsyncGenerator<BadRow> {
    options.progress('import', 0, undefined);
    for await (const row of rowsBeforeBreak()) {
      if (row.kind === 'more') continue;
      rows++;
      // A row that is there but broken is no reason to delete the product it was meant to update.
      const id = row.kind === 'bad' ? row.id : row.product.id;
      if (options.full && id !== undefined) named.add(id);
      if (row.kind === 'bad') yield row;
      else if (rows > start.rows && batch.push(row.product) >= BATCH) flush();
    }
    flush();
  }
  const quarantined = await writeQuarantine(options.quarantine, badRows());
  if (broken !== undefined) {
    throw new UserError(
      `${broken.message} ${rows} rows before the break were read: ${told(tally)}, ${quarantined} in quarantine${quarantined > 0 ? ` (${options.quarantine})` : ''}; nothing was deleted. Import the whole file again.`,
      { cause: broken },
    );
  }
  let deleted = start.deleted ?? 0;
  if (options.full) {
    const before = deleted;
    const { checks = checksSchema.parse({}) } = options;
    deleteMissing(store, {
      named,
      began,
      // What has begun to delete has passed the guard.
      maxShare: options.allowShrink || start.deleted !== null ? 1 : checks.max_shrink,
      deleting: (gone) => {
        deleted = before + gone;
        checkpoint.save(standing(deleted));
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

async function standingAt(checkpoint: Checkpoint, store: Store, file: string): Promise<Standing> {
  const { size, mtimeMs } = await stat(file);
  const mark = `${size} bytes of ${mtimeMs}`;
  const kept = standingSchema.safeParse(checkpoint.read());
  if (kept.success && kept.data.file === mark) return kept.data;
  const tally = { inserted: 0, content: 0, live: 0, unchanged: 0 };
  return { file: mark, began: store.changes.last(), rows: 0, tally, deleted: null };
}

function told({ inserted, content, live, unchanged }: Tally): string {
  return `${inserted} imported, ${content + live} updated, ${unchanged} unchanged`;
}
