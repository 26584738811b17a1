import type { ChecksSettings } from '../../configuration/checks.js';
import { UserError } from '../../domain/errors.js';
import { fieldValue } from '../../domain/field.js';
import { lostFields, mergeProduct } from '../../domain/mergeProduct.js';
import type { Progress } from '../../domain/progress.js';
import { originalValues } from '../../formats/row.js';
import type { Source } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { FieldCounts } from '../fieldCounts.js';

/**
 * Reads the whole file and stops where its blank cells would clear too large a share of a field's stored values. It
 * writes nothing. A file that ends early is left to the import.
 * @throws UserError with the fields and their counts.
 */
export async function limitClearing(
  store: Store,
  source: Source,
  { max_cleared, min_cleared }: Pick<ChecksSettings, 'max_cleared' | 'min_cleared'>,
  progress: Progress,
): Promise<void> {
  if (store.products.count() === 0) return;
  const wouldClear = await countCleared(store, source, progress);
  const many = Object.entries(wouldClear).filter(([, count]) => count >= min_cleared);
  if (many.length === 0) return;
  const filled = new Map(many.map(([field]) => [field, 0]));
  for (const product of store.products.each()) {
    for (const [field, count] of filled)
      if (fieldValue(product, field) !== undefined || field in product) filled.set(field, count + 1);
  }
  const over = many.filter(([field, count]) => count > max_cleared * (filled.get(field) ?? 0));
  if (over.length === 0) return;
  const list = over.map(([field, count]) => `${count} of ${filled.get(field)} values of ${field}`).join(', ');
  throw new UserError(
    `The import would clear ${list}, more than ${Math.round(max_cleared * 1000) / 10} % of a field, because these cells are blank in ${source.path}: nothing was written. Fill the cells, leave the column out, or repeat with --allow-clear (over HTTP: allow_clear).`,
  );
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
