import { packagePaths } from '../../configuration/packagePaths.js';
import { UserError } from '../../domain/errors.js';
import type { Product } from '../../domain/product.js';
import type { Source } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { inferTaxonomy } from '../../taxonomy/infer.js';
import { lintTaxonomy } from '../../taxonomy/lint.js';
import { loadTaxonomy, loadWithOrigins } from '../../taxonomy/load.js';
import { findingLine, locateFindings } from '../../taxonomy/locate.js';
import { type Taxonomy, taxonomySchema } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';

const SETTING = 'taxonomy';

/** The store's own taxonomy, if it has one. */
export function governingTaxonomy(store: Store): Taxonomy | undefined {
  const stored = store.settings.get(SETTING) ?? undefined;
  return stored === undefined ? undefined : taxonomySchema.parse(stored);
}

/** Lets a taxonomy govern the store from now on. */
export function governBy(store: Store, taxonomy: unknown): void {
  store.settings.set(SETTING, taxonomySchema.parse(taxonomy));
}

/** Leaves the store without a taxonomy of its own. */
export function ungovern(store: Store): void {
  store.settings.set(SETTING, null);
}

/**
 * Reads a taxonomy that may govern: one without lint errors.
 * @throws UserError if it cannot be read, or with every error that it has, by file and line.
 */
export async function loadSoundTaxonomy(dir: string): Promise<Taxonomy> {
  const loaded = await loadWithOrigins(dir);
  const errors = lintTaxonomy(loaded.taxonomy).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return loaded.taxonomy;
  const lines = locateFindings(loaded, errors).map((finding) => `\n  ${findingLine(finding)}`);
  throw new UserError(
    `The taxonomy in ${dir} has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, so nothing was started; mend what taxonomy lint says:${lines.join('')}`,
    { field: '--taxonomy' },
  );
}

/**
 * Which taxonomy governs the store: the one named, which becomes the store's own; else the store's own; else
 * a draft inferred from its filled rows, which becomes the store's own; and the starter where nothing is filled.
 * @throws UserError if the named folder holds no readable taxonomy, or one with lint errors.
 */
export async function governStore(store: Store, named: string | undefined): Promise<Taxonomy> {
  if (named !== undefined) return keep(store, await loadSoundTaxonomy(named));
  const own = governingTaxonomy(store);
  if (own !== undefined) return own;
  const inferred = await governRows(store.products.each(), undefined);
  return inferred.drafted ? keep(store, inferred.taxonomy) : inferred.taxonomy;
}

async function governRows(
  rows: Iterable<Product> | AsyncIterable<Product>,
  named: string | undefined,
): Promise<{ taxonomy: Taxonomy; drafted: boolean }> {
  if (named !== undefined) return { taxonomy: await loadSoundTaxonomy(named), drafted: false };
  const { taxonomy } = await inferTaxonomy(rows);
  const drafted = taxonomy.categories.length > 0 || taxonomy.attributes.length > 0;
  return { taxonomy: drafted ? taxonomy : await loadTaxonomy(packagePaths.starterTaxonomy), drafted };
}

/** The store's own taxonomy governs a file too, if it knows at least this share of the file's filled categories. */
const MIN_KNOWN = 0.5;

/**
 * Which taxonomy governs a file that is enriched without being imported: the one named; else the store's own,
 * if the file's categories are of it; else a draft of the file's filled rows; else the starter.
 */
export async function governFile(source: Source, named: string | undefined, store: Store): Promise<Taxonomy> {
  return (await governAudit(source, named, store)).taxonomy;
}

/** The same, and whether it is no more than a draft of the very rows that it governs. */
export async function governAudit(
  source: Source,
  named: string | undefined,
  store: Store,
): Promise<{ taxonomy: Taxonomy; drafted: boolean }> {
  const own = named === undefined ? governingTaxonomy(store) : undefined;
  if (own !== undefined && (await fits(own, source))) return { taxonomy: own, drafted: false };
  return governRows(products(source), named);
}

async function fits(taxonomy: Taxonomy, source: Source): Promise<boolean> {
  const view = viewTaxonomy(taxonomy);
  let filled = 0;
  let known = 0;
  for await (const { category } of products(source)) {
    if (category === undefined) continue;
    filled++;
    if (view.find(category) !== undefined) known++;
  }
  return known >= MIN_KNOWN * filled;
}

async function* products(source: Source): AsyncGenerator<Product> {
  for await (const row of source.rows()) if (row.kind === 'product') yield row.product;
}

function keep(store: Store, taxonomy: Taxonomy): Taxonomy {
  store.settings.set(SETTING, taxonomy);
  return taxonomy;
}
