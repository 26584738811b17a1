import { UserError } from '../../domain/errors.js';
import type { Product } from '../../domain/product.js';
import type { RowSource } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { inferTaxonomy } from '../../taxonomy/infer/infer.js';
import { lintTaxonomy } from '../../taxonomy/lint/lint.js';
import { describeFinding, locateFindings } from '../../taxonomy/lint/locateFindings.js';
import { loadWithOrigins } from '../../taxonomy/load.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { type TaxonomyView, viewTaxonomy } from '../../taxonomy/view.js';
import { governBy, governingTaxonomy, starterTaxonomy } from './governingTaxonomy.js';

/**
 * Reads a taxonomy without lint errors.
 * @throws UserError if it cannot be read, or with every lint error by file and line.
 */
export async function loadSoundTaxonomy(dir: string): Promise<Taxonomy> {
  const loaded = await loadWithOrigins(dir);
  const errors = lintTaxonomy(loaded.taxonomy).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return loaded.taxonomy;
  const lines = locateFindings(loaded, errors).map((finding) => `\n  ${describeFinding(finding)}`);
  throw new UserError(
    `The taxonomy in ${dir} has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, so nothing was started; fix what taxonomy lint reports:${lines.join('')}`,
    { field: '--taxonomy' },
  );
}

/**
 * The taxonomy that governs the store: the named one, which becomes the store's own; else the store's own; else a draft
 * inferred from its filled rows, which becomes the store's own; else the starter.
 * @throws UserError if the named folder holds no readable taxonomy, or one with lint errors.
 */
export async function governStore(store: Store, named: string | undefined): Promise<TaxonomyView> {
  if (named !== undefined) return adopt(store, await loadSoundTaxonomy(named));
  const own = governingTaxonomy(store);
  if (own !== undefined) return own;
  const draft = await draftTaxonomy(store.products.each());
  return draft === undefined ? starterTaxonomy() : adopt(store, draft);
}

/** The share of a file's categories that the store's own taxonomy has to know in order to govern the file. */
const MIN_KNOWN = 0.5;

/**
 * The taxonomy that governs a file which is enriched without being imported: the named one; else the store's own, if it
 * knows the file's categories; else a draft inferred from the file's filled rows; else the starter.
 * @throws UserError as governStore does
 */
export async function governFile(
  source: RowSource,
  named: string | undefined,
  store: Store,
): Promise<TaxonomyView> {
  return (await governAudit(source, named, store)).view;
}

/** Like `governFile`; `drafted` tells whether the taxonomy is only a draft of the rows that it governs. */
export async function governAudit(
  source: RowSource,
  named: string | undefined,
  store: Store,
): Promise<{ view: TaxonomyView; drafted: boolean }> {
  if (named !== undefined) return { view: viewTaxonomy(await loadSoundTaxonomy(named)), drafted: false };
  const own = governingTaxonomy(store);
  if (own !== undefined && (await knowsCategories(own, source))) return { view: own, drafted: false };
  const draft = await draftTaxonomy(products(source));
  return draft === undefined
    ? { view: await starterTaxonomy(), drafted: false }
    : { view: viewTaxonomy(draft), drafted: true };
}

async function knowsCategories(view: TaxonomyView, source: RowSource): Promise<boolean> {
  let filled = 0;
  let known = 0;
  for await (const { category } of products(source)) {
    if (category === undefined) continue;
    filled++;
    if (view.find(category) !== undefined) known++;
  }
  return known >= MIN_KNOWN * filled;
}

/** Undefined if no row is filled. */
async function draftTaxonomy(
  rows: Iterable<Product> | AsyncIterable<Product>,
): Promise<Taxonomy | undefined> {
  const { taxonomy } = await inferTaxonomy(rows);
  return taxonomy.categories.length > 0 || taxonomy.attributes.length > 0 ? taxonomy : undefined;
}

async function* products(source: RowSource): AsyncGenerator<Product> {
  for await (const row of source.rows()) if (row.kind === 'product') yield row.product;
}

function adopt(store: Store, taxonomy: Taxonomy): TaxonomyView {
  governBy(store, taxonomy);
  return governingTaxonomy(store) ?? viewTaxonomy(taxonomy);
}
