import type { Product } from '../../src/domain/product.js';
import { type BadRow, openSource, type Row, type SourceOptions } from '../../src/formats/source.js';

/** Reads all rows of a file, and groups them by kind. */
export async function collect(
  path: string,
  options: SourceOptions = {},
): Promise<{ rows: Row[]; products: Product[]; bad: BadRow[] }> {
  const source = await openSource(path, options);
  const rows: Row[] = [];
  for await (const row of source.rows()) rows.push(row);
  return {
    rows,
    products: rows.flatMap((row) => (row.kind === 'product' ? [row.product] : [])),
    bad: rows.flatMap((row) => (row.kind === 'bad' ? [row] : [])),
  };
}
