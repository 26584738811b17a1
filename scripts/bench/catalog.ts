import { existsSync } from 'node:fs';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Product } from '../../src/domain/product.js';
import { openSource } from '../../src/formats/source.js';

const REAL = '../shared/data/fashion/products.jsonl.gz';

/** Which column of bestbuy-phones holds which field, as far as benchmarks need the same ones. */
export const PHONE_COLUMNS = {
  id: 'sku',
  title: 'name',
  brand: 'manufacturer',
  category: 'categoryPath',
  description: 'longDescription',
  'attributes.color': 'color',
};

/** The catalog to measure: the named one, otherwise a real one beside the repository, otherwise the demo. */
export function catalogFile(named: string | undefined): string {
  if (named !== undefined) return named;
  return existsSync(REAL) ? REAL : packagePaths.demoCatalog;
}

export async function readCatalog(file: string, map?: Readonly<Record<string, string>>): Promise<Product[]> {
  const products: Product[] = [];
  for await (const row of (await openSource(file, map === undefined ? {} : { map })).rows())
    if (row.kind === 'product') products.push(row.product);
  return products;
}
