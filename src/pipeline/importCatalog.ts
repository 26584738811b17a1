import { UserError } from '../domain/errors.js';
import type { Product } from '../domain/product.js';
import type { Progress } from '../domain/progress.js';
import { requirePlace } from '../formats/bytes/outFile.js';
import { writeQuarantine } from '../formats/quarantine.js';
import type { BadRow, Row, Source } from '../formats/source.js';
import type { Store } from '../store/open.js';
import type { Upserted } from '../store/products.js';
import { governStore } from './governTaxonomy.js';
import { eraseProduct, writeProduct } from './writeProduct.js';

export interface ImportOptions {
  /** The file is the whole catalog: what it lacks is deleted. */
  readonly full: boolean;
  /** Let a full import delete more than the shrink guard allows. */
  readonly allowShrink: boolean;
  /** Folder of the taxonomy that shall govern the store from now on. */
  readonly taxonomy: string | undefined;
  /** Where bad rows go; the file is only made if there are any. */
  readonly quarantine: string;
  readonly progress: Progress;
}

export interface ImportReport {
  readonly rows: number;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
  readonly seconds: number;
}

/** Rows by what became of them in the store. */
type Tally = Record<Upserted, number>;

/** A full import that would delete a larger share of the catalog than this stops before deleting. */
const SHRINK_LIMIT = 0.3;
const BATCH = 1000;

/**
 * Upserts a file into the store, a transaction a thousand rows, so that what was read before a crash is kept
 * and running it again goes on. Bad rows go to the quarantine file.
 * @throws UserError if the file breaks off, or a full import trips the shrink guard; what was read by then is
 *   kept, nothing is deleted.
 */
export async function importCatalog(
  store: Store,
  source: Source,
  options: ImportOptions,
): Promise<ImportReport> {
  const started = performance.now();
  await requirePlace(options.quarantine, source.path);
  // First of all, so that a folder that holds no taxonomy stops the import before it writes.
  if (options.taxonomy !== undefined) await governStore(store, options.taxonomy);
  const tally: Tally = { inserted: 0, content: 0, live: 0, unchanged: 0 };
  const named = new Set<string>();
  let rows = 0;
  let batch: Product[] = [];
  const flush = (): void => {
    store.transaction(() => {
      for (const product of batch) tally[writeProduct(store, product)]++;
    });
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
      else if (batch.push(row.product) >= BATCH) flush();
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
  const deleted = options.full ? deleteMissing(store, named, options.allowShrink) : 0;
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
  return { ...counts, seconds: (performance.now() - started) / 1000 };
}

function told({ inserted, content, live, unchanged }: Tally): string {
  return `${inserted} imported, ${content + live} updated, ${unchanged} unchanged`;
}

function deleteMissing(store: Store, named: ReadonlySet<string>, allowShrink: boolean): number {
  const missing = [...store.products.eachId()].filter((id) => !named.has(id));
  const before = store.products.count();
  if (!allowShrink && missing.length > SHRINK_LIMIT * before) {
    throw new UserError(
      `The full import would delete ${missing.length} of ${before} products, more than ${SHRINK_LIMIT * 100} %: nothing was deleted. Check that the file is complete, or repeat with --allow-shrink.`,
    );
  }
  for (let from = 0; from < missing.length; from += BATCH) {
    store.transaction(() => {
      for (const id of missing.slice(from, from + BATCH)) eraseProduct(store, id);
    });
  }
  return missing.length;
}
