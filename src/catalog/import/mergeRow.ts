import { mergeProduct } from '../../domain/mergeProduct.js';
import type { Product } from '../../domain/product.js';
import { findBeyondLimits } from '../../domain/productLimits.js';
import { type BadRow, badRow, originalValues, type ProductRow } from '../../formats/row.js';
import type { Store } from '../../store/open.js';

/** What a row makes of a product. */
export interface MergedRow {
  readonly stored: Product | undefined;
  readonly product: Product;
  /** Why it cannot be stored: merging adds up what each row keeps within the limits. */
  readonly problem: BadRow | undefined;
}

/** Merges a row into the stored product; with `replace`, the row is the whole product. */
export function mergeRow(store: Pick<Store, 'products'>, row: ProductRow, replace: boolean): MergedRow {
  const stored = store.products.original(row.product.id);
  const merges = stored !== undefined && !replace;
  const product = merges ? mergeProduct(stored, originalValues(row)) : row.original;
  const beyond = findBeyondLimits(product);
  if (beyond === undefined) return { stored, product, problem: undefined };
  const { line, record } = row;
  return {
    stored,
    product,
    problem: badRow(line, beyond, JSON.stringify(record), { id: product.id, record }),
  };
}
