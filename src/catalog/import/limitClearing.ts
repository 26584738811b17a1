import type { ChecksSettings } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import { fieldValue } from '../../domain/field.js';
import { lostFields, mergeProduct } from '../../domain/mergeProduct.js';
import type { Progress } from '../../domain/progress.js';
import { originalValues } from '../../formats/row.js';
import type { Source } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { FieldCounts } from '../fieldCounts.js';

type ClearingChecks = Pick<ChecksSettings, 'max_cleared' | 'min_cleared'>;

/**
 * Reads the whole file and stops where its blank cells would clear too large a share of a field's stored values. It
 * writes nothing. A file that ends early is left to the import.
 * @throws UserError with the fields and their counts.
 */
export async function limitClearing(
  store: Store,
  source: Source,
  { max_cleared, min_cleared }: ClearingChecks,
  progress: Progress,
): Promise<void> {
  if (store.products.count() === 0) return;
  const over = overCleared(store, await countCleared(store, source, progress), { max_cleared, min_cleared });
  if (over.length === 0) return;
  const list = over
    .map(({ field, cleared, filled }) => `${cleared} of ${filled} values of ${field}`)
    .join(', ');
  throw new UserError(
    `The import would clear ${list}, more than ${Math.round(max_cleared * 1000) / 10} % of a field, because these cells are blank in ${source.path}: nothing was written. Fill the cells, leave the column out, or repeat with --allow-clear (over HTTP: allow_clear).`,
  );
}

export interface OverCleared {
  readonly field: string;
  /** Values that would be cleared. */
  readonly cleared: number;
  /** Values that are stored. */
  readonly filled: number;
}

/** The fields of which blank cells would clear more than the checks allow. */
export function overCleared(
  store: Store,
  wouldClear: Readonly<Record<string, number>>,
  { max_cleared, min_cleared }: ClearingChecks,
): OverCleared[] {
  const many = Object.entries(wouldClear).filter(([, count]) => count >= min_cleared);
  if (many.length === 0) return [];
  const filled = countFilled(
    store,
    many.map(([field]) => field),
  );
  return many
    .map(([field, cleared]) => ({ field, cleared, filled: filled[field] ?? 0 }))
    .filter(({ cleared, filled }) => cleared > max_cleared * filled);
}

/** In how many stored products each field has a value. */
function countFilled(store: Store, fields: readonly string[]): Record<string, number> {
  const counts = new FieldCounts(Object.fromEntries(fields.map((field) => [field, 0])));
  for (const product of store.products.each())
    counts.add(fields.filter((field) => fieldValue(product, field) !== undefined || field in product));
  return counts.toRecord();
}

async function countCleared(
  store: Store,
  source: Source,
  progress: Progress,
): Promise<Record<string, number>> {
  const counts = new FieldCounts();
  let rows = 0;
  progress('check', 0, undefined);
  try {
    for await (const row of source.rows()) {
      if (++rows % 1000 === 0) progress('check', rows, undefined);
      if (row.kind !== 'product' || row.cleared.length === 0) continue;
      const stored = store.products.original(row.product.id);
      if (stored !== undefined) counts.add(lostFields(stored, mergeProduct(stored, originalValues(row))));
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  progress('check', rows, undefined);
  return counts.toRecord();
}
