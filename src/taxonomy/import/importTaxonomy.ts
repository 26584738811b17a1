import type { ImportedTaxonomy, ImportTaxonomyOptions } from './importedTaxonomy.js';
import { importGoogle } from './importGoogle.js';
import { importShopify } from './importShopify.js';

const IMPORTS = { shopify: importShopify, google: importGoogle } as const;

export type TaxonomySource = keyof typeof IMPORTS;
export const TAXONOMY_SOURCES = Object.keys(IMPORTS);

/** Imports a complete public taxonomy. @throws UserError if it cannot be read. */
export function importTaxonomy(
  from: TaxonomySource,
  path: string,
  options: ImportTaxonomyOptions = {},
): Promise<ImportedTaxonomy> {
  return IMPORTS[from](path, options);
}
