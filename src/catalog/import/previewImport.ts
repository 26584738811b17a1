import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import { lostFields, mergeProduct } from '../../domain/mergeProduct.js';
import type { Product } from '../../domain/product.js';
import type { Progress } from '../../domain/progress.js';
import { requireWritablePath } from '../../formats/bytes/outputFile.js';
import { writeQuarantine } from '../../formats/quarantine.js';
import { originalValues } from '../../formats/row.js';
import type { BadRow, ProductRow, Source } from '../../formats/source.js';
import type { ImportCounts } from '../../store/imports.js';
import type { Store } from '../../store/open.js';
import { FieldCounts } from '../fieldCounts.js';
import { missingIds } from './deleteMissing.js';
import { type OverCleared, overCleared } from './limitClearing.js';
import { mergeRow } from './mergeRow.js';

export interface PreviewOptions {
  /** As those of an import. */
  readonly full: boolean;
  readonly replace: boolean;
  readonly checks?: ChecksSettings;
  /** The file for bad rows, made only if there are any. */
  readonly quarantine: string;
  /** Called with each product that would be new or change. */
  readonly onChanged?: (before: Product | undefined, after: Product) => void;
  /** Called with each product that would lose values, and with their fields. */
  readonly onLost?: (before: Product, fields: readonly string[]) => void;
  /** Called with each product that would be deleted. */
  readonly onMissing?: (id: string) => void;
  readonly progress: Progress;
}

/** What an import would do: its counts are those of the import, if nothing is written meanwhile. */
export interface ImportPreview extends ImportCounts {
  /** Products of the shop now. */
  readonly stored: number;
  /** Cells that could not be read and would be blank, by field. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Where a check would stop the import. */
  readonly stops: {
    /** Whether more products would be deleted than the shrink guard allows. */
    readonly shrink: boolean;
    /** The fields of which blank cells would clear too many values. */
    readonly clear: readonly OverCleared[];
  };
  readonly seconds: number;
}

/**
 * Reads the whole file and says what its import would do. It writes nothing to the store; bad rows and unreadable cells
 * go to the quarantine file.
 * @throws UserError if the file cannot be read to its end.
 */
export async function previewImport(
  store: Store,
  source: Source,
  options: PreviewOptions,
): Promise<ImportPreview> {
  const started = performance.now();
  await requireWritablePath(options.quarantine, source.path);
  const { checks = checksSchema.parse({}) } = options;
  const counts = { rows: 0, imported: 0, updated: 0, unchanged: 0 };
  const lost = new FieldCounts();
  /** As the check counts: only what blank cells clear. */
  const blanked = new FieldCounts();
  const named = new Set<string>();
  const look = (row: ProductRow): BadRow | undefined => {
    const { stored, product, problem } = mergeRow(store, row, options.replace);
    if (problem !== undefined) return problem;
    const outcome = store.products.compare(product);
    if (outcome === 'unchanged') counts.unchanged++;
    else {
      counts[outcome === 'inserted' ? 'imported' : 'updated']++;
      options.onChanged?.(stored, product);
    }
    if (stored === undefined) return undefined;
    const fields = lostFields(stored, product);
    if (fields.length > 0) options.onLost?.(stored, fields);
    lost.add(fields);
    if (row.cleared.length > 0) {
      const merged = options.replace ? mergeProduct(stored, originalValues(row)) : product;
      blanked.add(lostFields(stored, merged));
    }
    return undefined;
  };
  async function* rows(): AsyncGenerator<BadRow | ProductRow> {
    options.progress('check', 0, undefined);
    for await (const row of source.rows()) {
      if (row.kind === 'continuation') continue;
      if (++counts.rows % 1000 === 0) options.progress('check', counts.rows, undefined);
      const id = row.kind === 'bad' ? row.id : row.product.id;
      if (options.full && id !== undefined) named.add(id);
      yield row.kind === 'bad' ? row : (look(row) ?? row);
    }
  }
  const { rows: quarantined, unreadable } = await writeQuarantine(options.quarantine, rows());
  const missing = options.full ? missingIds(store, named) : [];
  if (options.onMissing !== undefined) missing.forEach(options.onMissing);
  const stored = store.products.count();
  return {
    ...counts,
    deleted: missing.length,
    quarantined,
    cleared: lost.toRecord(),
    stored,
    unreadable,
    stops: {
      shrink: missing.length > checks.max_shrink * (stored + counts.imported),
      clear: stored === 0 ? [] : overCleared(store, blanked.toRecord(), checks),
    },
    seconds: (performance.now() - started) / 1000,
  };
}
